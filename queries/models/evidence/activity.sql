-- ---
-- title: When there is anything in each source
-- description: >
--   One row per source and second in which it has anything: a message on the wire, a line of a log, a sample of
--   counters; with the first and the last of these and how many they are.
-- from: [raw.sightings, raw.log_queries, raw.conntrack_counters, raw.conntrack_table]
-- materialized: table
-- columns:
--   first_time: the first thing in that second, UTC
--   last_time: the last thing in that second, UTC
--   number: how many things it has in that second
-- ---
with moments as (
  select source_id, time from raw.sightings
  union all
  select source_id, time from raw.log_queries
  union all
  select source_id, time from raw.conntrack_counters
  union all
  select source_id, time from raw.conntrack_table
)
select source_id, min(time) as first_time, max(time) as last_time, count(*) as number
from moments
group by source_id, epoch_ns(time) // work.ns(1)
