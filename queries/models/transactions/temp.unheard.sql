-- ---
-- title: Queries whose answer a capture with holes may have missed
-- description: >
--   One row per query whose answer was not seen to arrive, seen by a capture that misses frames, that its client never sent again, though resolvers do when no answer comes: with the same id, or with another after a
--   whole number of seconds. Where no answer is seen it came, most likely, and its frame is one of those that are missing.
-- from: [temp.sendings, temp.undelivered, work.captures, work.capture_holes]
-- materialized: table
-- ---
select u.key, u.attempt
from temp.undelivered as n
inner join temp.sendings as u on u.key = n.key and u.attempt = n.attempt
inner join work.captures as c on c.source_id = u.source_id
inner join work.capture_holes as h on h.capture_id = c.capture_id
where not exists (
  select 1
  from temp.sendings as r
  where r.client_id = u.client_id
    and r.qname_id = u.qname_id
    and r.qtype = u.qtype
    and r.asked_ns > u.asked_ns
    and r.asked_ns < u.asked_ns + work.ns($retry_span_seconds)
    and (
      r.txid = u.txid
      or (
        r.asked_ns - u.asked_ns between work.ns($timer_seconds) and work.ns($longest_timer_seconds)
        and (r.asked_ns - u.asked_ns + work.ns($order_slack_seconds)) % work.ns(1) < work.ns($quiet_jitter_seconds + $order_slack_seconds)
      )
    )
)
