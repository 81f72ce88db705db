-- ---
-- title: Conntrack increases
-- description: >
--   One row per interval between two samples of one source, CPU and counter. A counter that fell from near 2^32 has
--   wrapped; one that fell from elsewhere was restarted and counts from 0, as does a CPU that the sample before did not
--   have.
-- from: [raw.conntrack_counters, work.conntrack_readings]
-- materialized: table
-- columns:
--   cpu: CPU; -1 where the input has sums over all CPUs
-- ---
with samples as (
  select
    source_id,
    sample,
    time,
    row_number() over (partition by source_id order by time nulls last, sample) as turn
  from (select distinct source_id, sample, time from raw.conntrack_counters) as s
),
ordered as (
  select
    r.source_id, r.cpu, r.counter, r.reading, s.turn, s.time,
    lag(r.reading) over reading as previous,
    lag(s.turn) over reading as previous_turn,
    b.time as before_time
  from work.conntrack_readings as r
  inner join samples as s on s.source_id = r.source_id and s.sample = r.sample
  left join samples as b on b.source_id = r.source_id and b.turn = s.turn - 1
  window reading as (partition by r.source_id, r.cpu, r.counter order by s.turn)
)
select
  source_id,
  before_time as from_time,
  time as to_time,
  cpu,
  counter,
  case
    when previous_turn = turn - 1 and reading >= previous then reading - previous
    -- no counter rises by 2^28 between two samples, so that one of 32 bits wraps from their last sixteenth into the
    -- first
    when previous_turn = turn - 1 and previous >> 28 = 15 and reading >> 28 = 0
      then reading - previous + (1::BIGINT << 32)
    when previous_turn < turn - 1 and reading >= previous then reading - previous
    else reading
  end as increase
from ordered
where turn > 1
