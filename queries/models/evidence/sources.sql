-- ---
-- title: Sources
-- description: One row per input that was read. Files that rotate, or go on from each other, are one capture by
--   capture_id.
-- from: [raw.sources, work.captures]
-- materialized: view
-- key: [source_id]
-- ---
select s.* exclude (is_capture, lacks), s.is_capture, c.capture_id
from raw.sources as s
left join work.captures as c on c.source_id = s.source_id
