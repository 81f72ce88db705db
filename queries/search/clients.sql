-- ---
-- title: Amplification by client
-- description: >
--   One row per client that looked names up: how many queries its search list and ndots made of its lookups; the most
--   wasteful first. Forwarders' own queries are left out.
-- kind: table
-- requires: [lookups]
-- narrow: [client, workload, ndots, lookups, queries, wasted_share, amplification]
-- columns:
--   client: address of the client
--   client_name: its namespace and pod, or node; null when not known
--   workload: the workload that the pod belongs to
--   resolver: which resolver it seems to be
--   ndots: ndots of its configuration; null when not known
--   search_list: its search list, configured or observed; null when not known
--   lookups: names looked up
--   walks: lookups that walked the search list
--   queries: queries that they sent
--   wasted_queries: those of names before the last of each walk
--   wasted_share: wasted queries among the queries
--   amplification: queries sent for each query that was needed; a factor
--   failed: lookups that failed
-- chart: {mark: bar, x: client, y: wasted_queries, label: [wasted_queries, client_name]}
-- ---
with sums as (
  select
    client,
    count(*) as lookups,
    count(*) filter (where steps > 1) as walks,
    sum(queries) as queries,
    sum(wasted_queries) as wasted_queries,
    count(*) filter (where outcome = 'failed') as failed
  from narrowed.lookups
  group by client
)
select
  s.client,
  c.client_name,
  c.workload,
  c.resolver,
  c.ndots,
  c.search_list,
  s.lookups,
  s.walks,
  s.queries,
  s.wasted_queries,
  cast(s.wasted_queries as double) / nullif(s.queries, 0) as wasted_share,
  cast(s.queries as double) / nullif(s.queries - s.wasted_queries, 0) as amplification,
  s.failed
from sums as s
left join clients as c on c.client = s.client
order by s.wasted_queries desc, s.queries desc, s.client
