-- ---
-- title: Steps put together to walks
-- description: >
--   One row a step of a walk with the step that the walk began with and the base name. A step
--   that continues a walk does not also begin one.
-- from: [work.walk_places, work.walk_links]
-- materialized: table
-- ---
with recursive chained as (
  select step_id as walk_id, base, step_id, place
  from work.walk_places
  where place = first_place
  union all
  select c.walk_id, c.base, l.step_id, l.place
  from chained as c
  inner join work.walk_links as l on l.previous_id = c.step_id and l.base = c.base and l.previous_place = c.place and l.turn = 1
),
lengths as (
  select *, count(*) over (partition by walk_id, base) as steps
  from chained
),
-- a step belongs to the walk that it continues rather than to one that it would begin; of several to the longest
chosen as (
  select *, row_number() over (partition by step_id order by step_id = walk_id, steps desc, base) as choice
  from lengths
)
select c.walk_id, c.base, c.step_id, c.place
from chosen as c
where c.choice = 1
  -- a walk whose first step belongs to another walk is none
  and exists (select 1 from chosen as f where f.step_id = c.walk_id and f.walk_id = c.walk_id and f.base = c.base and f.choice = 1)
