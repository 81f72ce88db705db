-- ---
-- title: How fast queries went to upstreams
-- description: One row a query to an upstream, with the number sent from the same capture within a second of it (before or after, the larger).
-- from: [work.upstream_queries]
-- materialized: table
-- ---
select
  source_id,
  transaction_id,
  asked_ns,
  state <> 'answered' as lost,
  greatest(
    count(*) over (partition by source_id order by asked_ns range between work.ns($rate_window_seconds) preceding and current row),
    count(*) over (partition by source_id order by asked_ns range between current row and work.ns($rate_window_seconds) following)
  ) as rate
from work.upstream_queries
