-- ---
-- title: Search-suffix storms
-- description: >
--   One row per client and window of time in which the queries that its search list wasted came to $min_wasted or more;
--   the worst first. A query is wasted when it asked for a name of a walk that was not the walk's last. Forwarders' own
--   queries are left out.
-- kind: check
-- severity: medium
-- requires: [lookups]
-- params:
--   window_seconds: {type: integer, default: 10, description: length of a window; seconds}
--   min_wasted: {type: integer, default: 100,
--     description: wasted queries of one client in one window that make a storm}
-- narrow: [from_time, client, lookups, wasted_share, worst_name]
-- columns:
--   from_time: start of the window
--   client: address of the client
--   client_name: its namespace and pod, or node; null when not known
--   lookups: lookups that the client began in the window
--   walks: those that walked the search list
--   queries: queries that all the lookups sent
--   wasted_queries: those of names before the last of each walk
--   wasted_share: wasted queries among the queries
--   names: different names looked up
--   worst_name: the name that wasted most
--   worst_name_wasted: queries that it wasted
--   suffixes: search suffixes that were tried
-- ---
with placed as (
  select
    lookup_id, client, name, queries, steps, wasted_queries,
    window_start(started_at, $window_seconds::bigint) as from_time
  from narrowed.lookups
),
by_name as (
  select
    from_time, client, name,
    count(*) as lookups,
    count(*) filter (where steps > 1) as walks,
    sum(queries) as queries,
    sum(wasted_queries) as wasted_queries
  from placed
  group by from_time, client, name
),
storms as (
  select
    from_time, client,
    sum(lookups) as lookups,
    sum(walks) as walks,
    sum(queries) as queries,
    sum(wasted_queries) as wasted_queries,
    count(*) as names,
    max_by(name, row(wasted_queries, name)) as worst_name,
    max(wasted_queries) as worst_name_wasted
  from by_name
  group by from_time, client
  having sum(wasted_queries) >= $min_wasted::bigint
),
tried as (
  select
    s.from_time, s.client,
    array_agg(distinct substring(q.qname, length(p.name) + 2) order by substring(q.qname, length(p.name) + 2))
      as suffixes
  from storms as s
  inner join placed as p on p.from_time = s.from_time and p.client = s.client
  inner join questions as q on q.lookup_id = p.lookup_id
  where p.steps > 1 and starts_with(q.qname, p.name || '.')
  group by s.from_time, s.client
)
select
  s.from_time,
  s.client,
  c.client_name,
  s.lookups,
  s.walks,
  s.queries,
  s.wasted_queries,
  cast(s.wasted_queries as double) / s.queries as wasted_share,
  s.names,
  s.worst_name,
  s.worst_name_wasted,
  t.suffixes
from storms as s
left join tried as t on t.from_time = s.from_time and t.client = s.client
left join clients as c on c.client = s.client
order by s.wasted_queries desc, s.from_time, s.client
