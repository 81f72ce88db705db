-- ---
-- title: Hits by duration
-- description: >
--   One row per log, pod in it and kind of name: CoreDNS does not log whether its cache answered; a line that took less
--   than the limit most likely did not wait for an upstream. A guess, for where no capture shows what was forwarded
--   (cache/nodelocal is exact). CoreDNS answers names of the cluster from memory, cached or not, so for its log only
--   the other names say something; NodeLocal forwards both.
-- kind: table
-- requires: [log_queries]
-- params:
--   limit_seconds: {type: number, default: 0.0003,
--     description: lines at most this long count as answered without an upstream; seconds}
-- columns:
--   log: path of the log
--   stream: pod or container that wrote it, where the log holds several
--   names: cluster (below the zone that follows svc) or other
--   lines: query lines with a duration
--   quick: of these, at most the limit
--   quick_share: quick of lines
--   quick_p50_seconds: median of the quick ones; seconds
--   slow_p50_seconds: median of those over the limit; where it is close to the limit the two cannot be told apart;
--     seconds
-- ---
with cluster_zones as (
  select distinct regexp_extract(qname, '[.]svc[.](.+)$', 1) as zone
  from log_queries
  where qname like '%.svc.%'
),
cluster_names as (
  select distinct l.qname
  from (select distinct qname from log_queries) as l
  inner join cluster_zones as z on z.zone <> '' and ends_with(l.qname, '.' || z.zone)
),
lines as (
  select
    l.source_id,
    l.stream,
    case when n.qname is null then 'other' else 'cluster' end as names,
    l.duration_seconds,
    l.duration_seconds <= $limit_seconds::double as quick
  from narrowed.log_queries as l
  left join cluster_names as n on n.qname = l.qname
  where l.duration_seconds is not null
    and not (l.qtype = 'HINFO' and l.transaction_id is null)
)
select
  s.path as log,
  l.stream,
  l.names,
  count(*) as lines,
  count_if(l.quick) as quick,
  cast(count_if(l.quick) as double) / count(*) as quick_share,
  approx_percentile(case when l.quick then l.duration_seconds end, 0.5) as quick_p50_seconds,
  approx_percentile(case when not l.quick then l.duration_seconds end, 0.5) as slow_p50_seconds
from lines as l
inner join sources as s on s.source_id = l.source_id
group by s.path, l.stream, l.names
order by log, l.stream, l.names
