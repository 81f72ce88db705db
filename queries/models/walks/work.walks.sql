-- ---
-- title: Steps put together to walks
-- description: >
--   One row per step of a walk with the step that the walk began with and the base name. A step
--   that continues a walk does not also begin one.
-- from: [work.wire_steps, temp.client_readings, temp.walk_places, temp.walk_links]
-- materialized: table
-- key: [step_id]
-- ---
with recursive chained as (
  select step_id as walk_id, base_id, step_id, place
  from temp.walk_places
  where place = first_place
  union all
  select c.walk_id, c.base_id, l.step_id, l.place
  from chained as c
  inner join temp.walk_links as l on l.previous_id = c.step_id and l.base_id = c.base_id and l.previous_place = c.place
),
-- where no other name reads as the same base, the step is all of the walk
lone as (
  select client_id, qname_id, min(base_id) as base_id, arg_min(place, base_id) as place
  from temp.client_readings
  where not shared and place = first_place
  group by client_id, qname_id
),
lone_steps as (
  select s.step_id, l.base_id, l.place
  from work.wire_steps as s
  inner join lone as l on l.client_id = s.client_id and l.qname_id = s.qname_id
  where s.address_lookup
),
lengths as (
  select *, count(*) over (partition by walk_id, base_id) as steps
  from chained
  union all
  select step_id, base_id, step_id, place, 1
  from lone_steps
  where step_id in (select c.step_id from chained as c)
),
-- a step belongs to the walk that it continues rather than to one that it would begin; of several to the longest
chosen as (
  select *
  from lengths
  qualify row_number() over (partition by step_id order by step_id = walk_id, steps desc, base_id) = 1
)
select c.walk_id, c.base_id, c.step_id, c.place
from chosen as c
-- a walk whose first step belongs to another walk is none
inner join chosen as f on f.step_id = c.walk_id and f.walk_id = c.walk_id and f.base_id = c.base_id
union all
select step_id, base_id, step_id, place
from lone_steps
where step_id not in (select c.step_id from chained as c)
