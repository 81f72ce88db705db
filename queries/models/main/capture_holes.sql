-- ---
-- title: Captures that miss frames
-- description: >
--   One row per capture that misses frames in its middle (tcpdump's "packets dropped by kernel"), with how many of the legs that answered queries must have passed it lacks. A query
--   without an answer that its client never sent again is unknown there, not unanswered.
-- from: [work.capture_holes]
-- materialized: view
-- ---
select source_id, missing, expected, share as missing_share
from work.capture_holes
