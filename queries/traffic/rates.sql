-- ---
-- title: Queries over time
-- description: >
--   One row per window of time and askers (programs or forwarders): how many queries, how fast, how quickly answered.
-- kind: chart
-- requires: [transactions]
-- params:
--   window_seconds: {type: integer, default: 10, description: length of a window; seconds}
-- narrow: [from_time, asked_by, queries, queries_per_second, unanswered, median_response_seconds]
-- columns:
--   from_time: start of the window
--   asked_by: programs or forwarders
--   queries: queries asked in the window, retries counted
--   queries_per_second: the mean over the window; a rate
--   clients: clients that asked
--   unanswered: queries that got no answer
--   median_response_seconds: half of the answers came within; seconds
--   p99_response_seconds: 99 in 100 of the answers came within; seconds
-- chart: {mark: line, x: from_time, step: window_seconds, y: queries_per_second, color: asked_by}
-- ---
with placed as (
  select
    client, state, response_seconds, from_forwarder,
    window_start(asked_at, $window_seconds::bigint) as from_time
  from narrowed.transactions
)
select
  from_time,
  case when from_forwarder then 'forwarders' else 'programs' end as asked_by,
  count(*) as queries,
  cast(count(*) as double) / greatest($window_seconds::bigint, 1) as queries_per_second,
  count(distinct client) as clients,
  count(*) filter (where state = 'unanswered') as unanswered,
  approx_percentile(response_seconds, 0.5) as median_response_seconds,
  approx_percentile(response_seconds, 0.99) as p99_response_seconds
from placed
group by from_time, from_forwarder
order by from_time, asked_by desc
