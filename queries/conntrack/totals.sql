-- ---
-- title: Conntrack counters, total and increase
-- description: >
--   One row per source and counter. With several samples the increase between the first and the last; a single sample
--   can only give totals since the node booted, which say nothing about when. A counter that the tool or kernel does
--   not print is left out.
-- kind: table
-- requires: [conntrack_totals]
-- narrow: [source, counter, last_at, total, increase]
-- columns:
--   source: path of the input
--   counter: name of the counter
--   samples: samples in the source
--   first_at: time of the first sample, UTC
--   last_at: time of the last sample, UTC
--   total: sum over all CPUs in the last sample, since boot (32 bits a CPU, may have wrapped)
--   increase: rise between the first and the last sample; null for a single sample
--   reading: what the numbers can say
-- ---
with increases as (
  select source_id, counter, sum(increase) as increase
  from narrowed.conntrack_deltas
  group by source_id, counter
)
select
  s.path as source,
  t.counter,
  t.samples,
  t.first_at,
  t.last_at,
  t.total,
  d.increase,
  case
    when t.samples = 1 then 'a single sample: totals since boot, which cannot be tied to this incident; sample again'
    when d.increase > 0 then 'rose while it was sampled'
    when t.total > 0 then 'did not rise while it was sampled'
    else 'zero since boot'
  end as reading
from conntrack_totals as t
inner join sources as s on s.source_id = t.source_id
left join increases as d on d.source_id = t.source_id and d.counter = t.counter
order by source, coalesce(d.increase, 0) desc, t.total desc, t.counter
