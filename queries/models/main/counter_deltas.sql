-- ---
-- title: Increases of counters
-- description: >
--   One row per interval between two readings of one counter that counts on from a beginning. The increase is null where the counter fell: it was begun anew, or another server answered.
--   Readings without a time, of programs that do not say when they began, may be of two servers and are not compared.
-- from: [raw.counters]
-- materialized: table
-- ---
with placed as (
  select
    *,
    lag(value) over series as before,
    lag(time) over series as before_time
  from raw.counters
  where meaning = 'total' and (time is not null or counting_since is not null)
  window series as (partition by source_id, origin, instance, counter, labels, counting_since, time is null order by time, sample)
)
select
  source_id,
  before_time as from_time,
  time as to_time,
  origin,
  instance,
  counter,
  labels,
  is_trouble,
  if(value >= before, value - before, null) as increase
from placed
where before is not null
