-- ---
-- title: What a Corefile lacks
-- description: One row per server block and finding about its plugins; cache, log, errors, loop and autopath missing,
--   one upstream only, no bound on concurrent queries.
-- kind: check
-- severity: low
-- requires: [corefiles]
-- columns:
--   source: path of the input
--   origin: the file or ConfigMap it stands in
--   zones: zones of the server block
--   finding: what is missing or stands in the way
--   detail: why it matters
--   change: what to change
-- ---
with blocks as (
  select
    c.source_id, c.origin, c.block, c.zones, c.port,
    count_if(c.plugin = 'forward' or c.plugin = 'proxy') as forwards,
    count_if(c.plugin = 'cache') as caches,
    count_if(c.plugin = 'log') as logs,
    count_if(c.plugin = 'errors') as errors,
    count_if(c.plugin = 'loop') as loops,
    count_if(c.plugin = 'autopath') as autopaths,
    count_if(c.plugin = 'bind') as binds,
    count_if(c.plugin = 'kubernetes') as kubernetes,
    count_if(
      c.plugin = 'forward' and c.arguments not like '%/etc/resolv.conf%' and json_array_length(c.arguments) = 2
    ) as single_upstreams,
    count_if(c.plugin = 'forward' and c.options not like '%"max_concurrent"%') as unbounded,
    max(case when c.plugin = 'forward' then c.arguments end) as forward_to
  from corefiles as c
  group by c.source_id, c.origin, c.block, c.zones, c.port
),
walks as (
  select sum(wasted_queries) as wasted
  from narrowed.lookups
  where steps > 1
),
findings as (
  select
    source_id, origin, block, zones,
    'no cache' as finding,
    'every query of these zones goes to the upstream' as detail,
    'cache 30' as change
  from blocks
  where forwards > 0 and caches = 0
  union all
  select
    source_id, origin, block, zones,
    'forwards to a single upstream',
    'nothing is left when it is slow or silent: ' || forward_to,
    'a second upstream, or forward . /etc/resolv.conf'
  from blocks
  where single_upstreams > 0 and binds = 0
  union all
  select
    source_id, origin, block, zones,
    'no max_concurrent',
    'a silent upstream lets queries pile up until memory is gone',
    'max_concurrent 1000 in the forward plugin''s block'
  from blocks
  where unbounded > 0 and binds = 0
  union all
  select
    source_id, origin, block, zones,
    'loop plugin missing',
    'a forwarding loop would not be told and take all CPU',
    'loop'
  from blocks
  where forwards > 0 and loops = 0
  union all
  select
    source_id, origin, block, zones,
    'log off',
    'queries leave no line: lost on the way and not answered cannot be told apart',
    'log, at least while looking for a fault'
  from blocks
  where logs = 0 and (forwards > 0 or kubernetes > 0)
  union all
  select
    source_id, origin, block, zones,
    'errors off',
    'failing upstreams leave no line',
    'errors'
  from blocks
  where errors = 0 and (forwards > 0 or kubernetes > 0)
  union all
  select
    b.source_id, b.origin, b.block, b.zones,
    'autopath off',
    grouped(w.wasted) || ' queries of walks over search lists brought nothing; autopath would answer them at the first',
    'autopath @kubernetes with pods verified (costs memory), or a lower ndots'
  from blocks as b
  cross join walks as w
  where b.kubernetes > 0 and b.autopaths = 0 and w.wasted >= 100
)
select s.path as source, f.origin, f.zones, f.finding, f.detail, f.change
from findings as f
inner join sources as s on s.source_id = f.source_id
order by source, f.origin, f.block, f.finding
