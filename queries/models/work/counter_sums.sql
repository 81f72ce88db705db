-- ---
-- title: What counters of nodes and servers come to
-- description: >
--   One row per counter, over all servers, cards and labels of it: by how much it rose (null where no two readings can be compared), what it stands at, and which of them rose.
-- from: [counter_series]
-- materialized: table
-- ---
with each_one as (
  select
    origin,
    counter,
    instance,
    labels,
    any_value(about) as about,
    sum(increase) as increase,
    max(last_value) as total,
    min(first_at) as first_at,
    max(last_at) as last_at
  from counter_series
  where meaning <> 'level'
  group by origin, counter, instance, labels
)
select
  origin,
  counter,
  any_value(about) as about,
  sum(increase)::BIGINT as rise,
  sum(total)::BIGINT as total,
  min(first_at) as first_at,
  max(last_at) as last_at,
  array_to_string((list(distinct instance order by instance) filter (where increase > 0))[:3], ', ') as risen_at
from each_one
group by origin, counter
