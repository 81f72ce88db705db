-- ---
-- title: Conntrack counters, total and increase
-- description: >
--   One row a source and counter. With several samples the increase between the first and the last; a single sample can only give totals since
--   the node booted, which say nothing about when. A counter that the tool or kernel does not print is left out.
-- kind: table
-- requires: [conntrack_counters]
-- columns:
--   source: path of the input
--   counter: name of the counter
--   samples: samples in the source
--   first_at: time of the first sample, UTC
--   last_at: time of the last sample, UTC
--   total: sum over all CPUs in the last sample, since boot (32 bits a CPU, may have wrapped)
--   increase: rise between the first and the last sample; null for a single sample
--   reading: what the numbers can say
-- ---
with names as (
  select *
  from (
    values
      ('insert_failed'), ('drop'), ('early_drop'), ('clash_resolve'), ('chaintoolong'), ('invalid'), ('error'), ('search_restart'), ('insert'),
      ('found'), ('ignore'), ('searched'), ('new'), ('delete'), ('delete_list'), ('expect_new'), ('expect_create'), ('expect_delete')
  ) as n (counter)
),
samples as (
  select
    source_id,
    count(distinct sample) as samples,
    min(time) as first_at,
    max(time) as last_at,
    coalesce(max_by(sample, time), max(sample)) as last_sample
  from conntrack_counters
  group by source_id
),
last_readings as (
  select
    c.source_id,
    n.counter,
    sum(
      case n.counter
        when 'insert_failed' then c.insert_failed
        when 'drop' then c."drop"
        when 'early_drop' then c.early_drop
        when 'clash_resolve' then c.clash_resolve
        when 'chaintoolong' then c.chaintoolong
        when 'invalid' then c.invalid
        when 'error' then c.error
        when 'search_restart' then c.search_restart
        when 'insert' then c."insert"
        when 'found' then c.found
        when 'ignore' then c."ignore"
        when 'searched' then c.searched
        when 'new' then c."new"
        when 'delete' then c."delete"
        when 'delete_list' then c.delete_list
        when 'expect_new' then c.expect_new
        when 'expect_create' then c.expect_create
        when 'expect_delete' then c.expect_delete
      end
    ) as total
  from conntrack_counters as c
  inner join samples as s on s.source_id = c.source_id and s.last_sample = c.sample
  cross join names as n
  group by c.source_id, n.counter
),
increases as (
  select source_id, counter, sum(increase) as increase
  from conntrack_deltas
  where ($since::timestamp_ns is null or to_time > $since::timestamp_ns)
    and ($until::timestamp_ns is null or from_time < $until::timestamp_ns)
  group by source_id, counter
)
select
  i.path as source,
  r.counter,
  s.samples,
  s.first_at,
  s.last_at,
  r.total,
  d.increase,
  case
    when s.samples = 1 then 'a single sample: totals since boot, which cannot be tied to this incident; sample again'
    when d.increase > 0 then 'rose while it was sampled'
    when r.total > 0 then 'did not rise while it was sampled'
    else 'zero since boot'
  end as reading
from last_readings as r
inner join samples as s on s.source_id = r.source_id
inner join sources as i on i.source_id = r.source_id
left join increases as d on d.source_id = r.source_id and d.counter = r.counter
where r.total is not null
order by source, coalesce(d.increase, 0) desc, r.total desc, r.counter
