-- ---
-- title: Conntrack counters over time
-- description: One row per interval between two samples and counter that ever rose; its rise over all CPUs and sources.
-- kind: chart
-- requires: [conntrack_deltas]
-- columns:
--   from_time: sample at the interval's start, UTC
--   to_time: sample at the interval's end, UTC
--   counter: name of the counter
--   increase: rise since the sample before
-- chart: {mark: bar, x: from_time, x_end: to_time, y: increase, panel: counter}
-- ---
with rising as (
  select counter
  from conntrack_deltas
  where counter not in ('found', 'searched', 'insert', 'ignore')
  group by counter
  having sum(increase) > 0
)
select d.from_time, d.to_time, d.counter, sum(d.increase) as increase
from narrowed.conntrack_deltas as d
inner join rising as r on r.counter = d.counter
where d.to_time is not null
group by d.from_time, d.to_time, d.counter
order by d.to_time, d.from_time, d.counter
