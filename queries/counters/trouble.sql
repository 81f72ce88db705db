-- ---
-- title: Counters of trouble that rose
-- description: >
--   One row per counter of trouble that rose between two readings, or that is not 0 in its only reading. A single
--   reading says what came since boot or start, and not when.
-- kind: check
-- severity: medium
-- requires: [counter_series]
-- narrow: [instance, counter, about, increase, last_value]
-- columns:
--   source: path of the input
--   origin: ethtool, protocols, softnet, socket or coredns
--   instance: the interface, CPU, socket or server that it is of
--   counter: its name
--   labels: what else tells it from others
--   about: what it counts
--   increase: by how much it rose between readings; null where there is one reading
--   last_value: what it stands at
--   first_at: first reading, UTC
--   last_at: last reading, UTC
--   reading: what that says
-- ---
select
  s.path as source,
  c.origin,
  c.instance,
  c.counter,
  c.labels,
  c.about,
  c.increase,
  c.last_value,
  c.first_at,
  c.last_at,
  case when c.increase is null then 'since boot or start; when is not told' else 'it rose while it was watched' end
    as reading
from narrowed.counter_series as c
inner join sources as s on s.source_id = c.source_id
where c.is_trouble
  and (c.increase > 0 or c.increase is null and c.last_value > 0)
order by
  case when c.increase is null then 1 else 0 end,
  c.increase desc,
  c.last_value desc,
  source,
  c.counter,
  c.instance,
  c.labels
