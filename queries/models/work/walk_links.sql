-- ---
-- title: Which step a step of a walk follows
-- description: >
--   One row a step and reading of its name that follows another: the one at the place before it with the same base, which brought no
--   answer and ended at most 0.25 s before (2.5 s where answers cannot be seen). Turn 1 is the first to follow.
--   Where a step timed out glibc leaves the rest of the list out and asks for the base name alone.
-- from: [work.walk_places]
-- materialized: table
-- ---
with followers as (
  select n.step_id, n.base, n.place, p.step_id as previous_id, p.place as previous_place, n.started_ns
  from work.walk_places as n
  asof inner join (select * from work.walk_places where outcome <> 'answered') as p
    on p.client_id = n.client_id and p.base = n.base and p.place = n.place - 1 and p.ended_ns <= n.started_ns + 1000000
  where n.place > n.first_place
    and p.step_id <> n.step_id
    and (
      n.started_ns - p.ended_ns < case when p.outcome = 'unknown' then 2500000000 else 250000000 end
      -- unseen, a half may have been lost and waited for
      or p.outcome = 'unknown' and n.started_ns - p.ended_ns between 4950000000 and 5250000000
    )
  union all
  select n.step_id, n.base, n.place, p.step_id, p.place, n.started_ns
  from work.walk_places as n
  asof inner join (select * from work.walk_places where outcome = 'unanswered') as p
    on p.client_id = n.client_id and p.base = n.base and p.ended_ns <= n.started_ns + 50000000
  where n.place > n.first_place
    and n.place = n.last_place
    and p.place < n.place - 1
    and n.started_ns - p.ended_ns < 250000000
)
select
  step_id,
  base,
  place,
  previous_id,
  previous_place,
  row_number() over (partition by previous_id, base, previous_place order by started_ns, step_id) as turn
from followers
