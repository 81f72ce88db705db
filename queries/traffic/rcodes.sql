-- ---
-- title: Answers by rcode over time
-- description: >
--   One row per window of time and result (an rcode, unanswered or unknown) of programs' queries asked in it. A high
--   share of NXDOMAIN alone is normal: search lists make it. Forwarders' own queries are left out.
-- kind: chart
-- requires: [transactions]
-- params:
--   window_seconds: {type: integer, default: 10, description: length of a window; seconds}
-- columns:
--   from_time: start of the window
--   result: the rcode of the answer; unanswered, or unknown where this evidence cannot see the answer
--   queries: queries with this result
--   queries_share: these among the queries of the window
-- chart: {mark: bar, x: from_time, step: window_seconds, y: queries, panel: result}
-- ---
with placed as (
  select
    case when state = 'answered' then rcode else state end as result,
    window_start(asked_at, $window_seconds::bigint) as from_time
  from narrowed.transactions
  where not from_forwarder
)
select
  from_time,
  result,
  count(*) as queries,
  cast(count(*) as double) / sum(count(*)) over (partition by from_time) as queries_share
from placed
group by from_time, result
order by from_time, queries desc, result
