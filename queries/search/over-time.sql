-- ---
-- title: Wasted queries over time
-- description: >
--   One row per window of time in which lookups began, with the queries that they sent and wasted. Forwarders' own
--   queries are left out.
-- kind: chart
-- requires: [lookups]
-- params:
--   window_seconds: {type: integer, default: 10, description: length of a window; seconds}
-- columns:
--   from_time: start of the window
--   lookups: lookups that began in it
--   walks: those that walked the search list
--   queries: queries that they sent
--   wasted_queries: those of names before the last of each walk
--   wasted_share: wasted queries among the queries
-- chart: {mark: bar, x: from_time, step: window_seconds, y: [queries, wasted_queries]}
-- ---
with placed as (
  select
    queries, steps, wasted_queries,
    window_start(started_at, $window_seconds::bigint) as from_time
  from narrowed.lookups
)
select
  from_time,
  count(*) as lookups,
  count(*) filter (where steps > 1) as walks,
  sum(queries) as queries,
  sum(wasted_queries) as wasted_queries,
  cast(sum(wasted_queries) as double) / nullif(sum(queries), 0) as wasted_share
from placed
group by from_time
order by from_time
