-- ---
-- title: Conntrack totals
-- description: >
--   One row per source and counter that its last sample has: what it stood at then over all CPUs, since boot (32 bits a
--   CPU, may have wrapped), and how many samples the source has.
-- from: [raw.conntrack_counters, work.conntrack_readings]
-- materialized: view
-- key: [source_id, counter]
-- columns:
--   samples: samples that the source has
--   first_at: when the first was taken, UTC
--   last_at: when the last was taken, UTC
--   total: what the last one says, over all CPUs, since boot
-- ---
with samples as (
  select
    source_id,
    count(distinct sample) as samples,
    min(time) as first_at,
    max(time) as last_at,
    coalesce(arg_max(sample, (time, sample)) filter (where time is not null), max(sample)) as last_sample
  from raw.conntrack_counters
  group by source_id
)
select s.source_id, r.counter, s.samples, s.first_at, s.last_at, sum(r.reading)::BIGINT as total
from samples as s
inner join work.conntrack_readings as r on r.source_id = s.source_id and r.sample = s.last_sample
group by all
