-- ---
-- title: What counters of nodes and servers come to
-- description: >
--   One row per counter, over all servers, cards and labels of it: by how much it rose (null where no two readings can
--   be compared), what those stand at that cannot be compared, and which of them rose.
-- from: [counter_series]
-- materialized: table
-- ---
with each_one as (
  select
    origin,
    counter,
    instance,
    labels,
    sum(increase) as increase,
    max(last_value) as total
  from counter_series
  where meaning <> 'level'
  group by origin, counter, instance, labels
)
select
  origin,
  counter,
  sum(increase)::BIGINT as rise,
  (sum(total) filter (where increase is null))::BIGINT as total,
  work.some_of(
    list(distinct coalesce(instance, 'not named') order by coalesce(instance, 'not named')) filter (where increase > 0)
  ) as risen_at
from each_one
group by origin, counter
