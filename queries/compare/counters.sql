-- ---
-- title: The conntrack counters of one side of a comparison
-- description: >
--   One row per stretch of time and counter of lost, refused and merged packets; how much it rose over all CPUs and
--   nodes. Stretches count from the first lookup; intervals that end before it or begin after the last have no queries
--   to be held against, and are left out.
-- kind: detail
-- requires: [conntrack_deltas, lookups]
-- params:
--   block_seconds: {type: number, default: 10, description: length of a stretch; seconds}
-- columns:
--   block: number of the stretch, from that of the first lookup
--   counter: name of the counter
--   increase: rise in it
-- ---
with spans as (
  select min(started_at) as first_at, max(started_at) as last_at
  from narrowed.lookups
  where seconds is not null
)
select
  cast(
    floor(
      greatest(date_diff('microsecond', s.first_at, d.from_time), 0) / 1e6 / greatest($block_seconds::double, 1e-6)
    ) as bigint
  ) as block,
  d.counter,
  sum(d.increase) as increase
from conntrack_deltas as d
cross join spans as s
where d.counter in ('insert_failed', 'drop', 'early_drop', 'clash_resolve')
  and d.from_time < d.to_time
  and d.to_time > s.first_at
  and d.from_time <= s.last_at
group by 1, 2
order by 1, 2
