-- ---
-- title: Increases of counters
-- description: >
--   One row per interval between two readings of one counter that counts on from a beginning. The increase is null
--   where the counter fell: it was begun anew, or another server answered. Readings without a time, of programs that do
--   not say when they began, may be of two servers and are not compared; nor are those of which two are of one moment.
--   Those of one run of a program are compared across files, such as of before and after. A counter of CoreDNS that
--   others of its name were read before began at 0: its metrics have no line for what never happened.
-- from: [raw.counters, raw.sources]
-- materialized: table
-- ---
with readings as (
  select
    c.*,
    s.label,
    if(c.counting_since is null, c.source_id, null) as file,
    -- the counters of one run only grow, which puts readings without a time in order
    if(
      c.time is null,
      sum(c.value) over (partition by c.source_id, c.sample, c.origin, c.instance, c.counter, c.counting_since),
      0
    ) as place,
    -- two interfaces, sockets or servers of one name, which nothing tells apart
    c.counting_since is null
    and count(*) over (partition by c.source_id, c.origin, c.instance, c.counter, c.labels, c.time) > 1 as is_double
  from raw.counters as c
  left join raw.sources as s on s.source_id = c.source_id
  where c.meaning = 'total' and (c.time is not null or c.counting_since is not null)
),
placed as (
  select
    *,
    dense_rank() over (
      partition by file, label, origin, instance, counter, counting_since, time is null order by time, place
    ) as moment,
    bool_or(is_double) over (partition by source_id, origin, instance, counter, labels) as is_unclear
  from readings
),
beside as (
  select
    *,
    lag(value) over series as value_before,
    lag(time) over series as series_before,
    max(time) over (
      partition by file, label, origin, instance, counter, counting_since, time is null
      order by moment range between unbounded preceding and 1 preceding
    ) as moment_before
  from placed
  where not is_unclear
  window
    series as (
      partition by file, label, origin, instance, counter, labels, counting_since, time is null order by moment, value
    )
),
compared as (
  select
    *,
    coalesce(value_before, if(origin = 'coredns' and moment > 1, 0, null)) as before,
    if(value_before is null, moment_before, series_before) as before_time
  from beside
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
