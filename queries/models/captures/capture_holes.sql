-- ---
-- title: Captures that miss frames
-- description: >
--   One row per capture (source_id is that of its first file) that misses frames in its middle (tcpdump's "packets
--   dropped by kernel"), with how many of the legs that answered queries must have passed it lacks. A query without an
--   answer that its client never sent again is unknown there, not unanswered.
-- from: [work.capture_holes, work.captures]
-- materialized: view
-- key: [source_id]
-- columns:
--   source_id: the capture's first file, in sources
--   missing: legs of answered queries that must have passed it and that it lacks
--   expected: legs of answered queries that must have passed it
--   missing_share: missing, of expected
-- ---
select c.source_id, h.capture_id, h.missing, h.expected, h.share as missing_share
from work.capture_holes as h
inner join (
  select capture_id, arg_min(source_id, place) as source_id from work.captures group by capture_id
) as c on c.capture_id = h.capture_id
