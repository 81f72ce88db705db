-- ---
-- title: Clocks of captures
-- description: >
--   One row per file of a capture, with how far its clock is ahead of that of the largest capture that saw the same
--   packets, and how many both saw (null for the largest, and where no other saw them). Times of transactions and all
--   that rests on them are by that one clock; messages have their capture's own.
-- from: [work.capture_clocks]
-- materialized: view
-- key: [source_id]
-- columns:
--   ahead_seconds: how far its clock is ahead of the reference capture's; null for that one; seconds
--   both_saw: packets that both saw, by which it was told
-- ---
select source_id, capture_id, ahead_ns / 1e9 as ahead_seconds, both_saw
from work.capture_clocks
