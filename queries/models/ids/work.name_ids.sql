-- ---
-- title: Names by id
-- description: One row per name id; ids that stand for the same name (from other runs) share one canonical id.
-- from: [raw.names]
-- materialized: table
-- key: [raw_id]
-- ---
select
  name_id as raw_id,
  min(name_id) over (partition by name) as name_id,
  name
from raw.names
