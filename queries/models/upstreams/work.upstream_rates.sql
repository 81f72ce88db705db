-- ---
-- title: How fast queries went to upstreams
-- description: One row per query to an upstream, with the number sent from the same capture within a second of it
--   (before or after, the larger).
-- from: [work.upstream_queries, work.captures]
-- materialized: table
-- key: [transaction_id]
-- ---
select
  u.transaction_id,
  u.asked_ns,
  u.missed as lost,
  greatest(
    count(*) over (
      partition by c.capture_id order by u.asked_ns
      range between work.ns($rate_window_seconds) preceding and current row
    ),
    count(*) over (
      partition by c.capture_id order by u.asked_ns
      range between current row and work.ns($rate_window_seconds) following
    )
  ) as rate
from work.upstream_queries as u
inner join work.captures as c on c.source_id = u.source_id
