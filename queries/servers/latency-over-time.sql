-- ---
-- title: Response time by server over time
-- description: One row per second and server that answered; how long its answers took on the wire, and how many queries
--   came.
-- kind: chart
-- requires: [transactions]
-- columns:
--   second: when the queries were asked, UTC
--   server: address that was asked, behind the service where known
--   queries: transactions
--   unanswered: of these, never answered
--   p50_seconds: median response time; seconds
--   p99_seconds: 99th percentile; seconds
-- chart: {mark: point, x: second, y: p99_seconds, y_scale: log, color: server}
-- ---
select
  date_trunc('second', asked_at) as second,
  coalesce(backend, server) as server,
  count(*) as queries,
  count_if(state = 'unanswered') as unanswered,
  approx_percentile(response_seconds, 0.5) as p50_seconds,
  approx_percentile(response_seconds, 0.99) as p99_seconds
from narrowed.transactions
group by date_trunc('second', asked_at), coalesce(backend, server)
order by second, server
