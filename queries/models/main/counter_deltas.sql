-- ---
-- title: Increases of counters
-- description: >
--   One row per interval between two readings of one counter that counts on from a beginning. The increase is null where the counter fell: it was begun anew, or another server answered.
--   Readings without a time, of programs that do not say when they began, may be of two servers and are not compared; nor are those of which two are of one moment.
--   A counter of CoreDNS that others of its name were read before began at 0: its metrics have no line for what never happened.
-- from: [raw.counters]
-- materialized: table
-- ---
with readings as (
  select
    *,
    dense_rank() over (
      partition by source_id, origin, instance, counter, counting_since, time is null order by time, if(time is null, sample, 0)
    ) as moment,
    -- two interfaces, sockets or servers of one name, which nothing tells apart
    counting_since is null and count(*) over (partition by source_id, origin, instance, counter, labels, time) > 1 as is_double
  from raw.counters
  where meaning = 'total' and (time is not null or counting_since is not null)
),
placed as (
  select
    *,
    lag(value) over series as value_before,
    lag(time) over series as series_before,
    max(time) over (
      partition by source_id, origin, instance, counter, counting_since, time is null
      order by moment range between unbounded preceding and 1 preceding
    ) as moment_before,
    bool_or(is_double) over (partition by source_id, origin, instance, counter, labels) as is_unclear
  from readings
  window series as (partition by source_id, origin, instance, counter, labels, counting_since, time is null order by time, sample)
),
compared as (
  select
    *,
    coalesce(value_before, if(origin = 'coredns' and moment > 1, 0, null)) as before,
    if(value_before is null, moment_before, series_before) as before_time
  from placed
  where not is_unclear
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
from compared
where before is not null
