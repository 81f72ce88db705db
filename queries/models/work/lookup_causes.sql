-- ---
-- title: Causes of slow and failed lookups
-- description: One row a lookup that was slow or failed, with its cause.
-- from: [work.wire_lookups]
-- materialized: table
-- ---
select lookup_id, 'unexplained' as cause
from work.wire_lookups
where outcome = 'failed' or ended_ns - started_ns > 990000000
