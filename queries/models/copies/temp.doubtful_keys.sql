-- ---
-- title: Keys that are not simply one sending and its copies
-- description: >
--   One row per message key whose queries cannot all be copies of one packet (repeated: they lie further apart than
--   copies do, or carry different IP ids), or that was only ever seen with a hop limit that a router has lowered. Only
--   repeated keys are sorted; all others are one transaction each.
-- from: [work.seen_messages]
-- materialized: table
-- key: [key]
-- ---
with spans as (
  select
    key,
    epoch_ns(max(time)) - epoch_ns(min(time)) > work.ns($copies_seconds)
    or coalesce(
      min(case when protocol = 0 then nullif(ip_id, 0) end) <> max(case when protocol = 0 then nullif(ip_id, 0) end),
      false
    ) as repeated,
    -- hosts begin with one of these
    bool_and(protocol = 0 and coalesce(ip_id, 0) <> 0 and hop_limit not in (0, 64, 128, 255)) as lowered
  from work.seen_messages
  where not is_response and time is not null
  group by key
)
select key, repeated, lowered
from spans
where repeated or lowered
