-- ---
-- title: Answers that may be of a query that a capture missed
-- description: >
--   One row per answer that came when its client's resolver asks again, in a capture that misses frames: the query that
--   was sent again may be one of those, and the answer quick.
-- from: [work.wire_transactions, work.captures, work.capture_holes]
-- materialized: table
-- key: [transaction_id]
-- ---
select t.transaction_id
from work.wire_transactions as t
inner join work.captures as c on c.source_id = t.source_id
inner join work.capture_holes as h on h.capture_id = c.capture_id
where t.state = 'answered'
  and t.answered_ns - t.asked_ns between work.ns($timer_seconds) and work.ns($longest_timer_seconds)
  -- resolvers wait whole seconds, musl 2.5
  and (t.answered_ns - t.asked_ns + work.ns($order_slack_seconds)) % work.ns(0.5)
  < work.ns($timer_jitter_seconds + $order_slack_seconds)
