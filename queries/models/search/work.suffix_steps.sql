-- ---
-- title: Which search suffix each step of a walk tried
-- description: One row per step of a walk, with the suffix that made its name; the empty one is the bare name.
-- from: [work.walks, work.wire_steps, work.client_search]
-- materialized: table
-- key: [step_id]
-- ---
select
  w.step_id, coalesce(c.suffix, '') as suffix, s.started_ns, s.ended_ns, s.outcome in ('failed', 'unanswered') as failed
from work.walks as w
inner join work.wire_steps as s on s.step_id = w.step_id
left join work.client_search as c on c.client_id = s.client_id and c.position = w.place
