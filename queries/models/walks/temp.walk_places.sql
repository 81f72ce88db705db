-- ---
-- title: Places in a walk that a step could be
-- description: >
--   One row per step and reading of its name in its client's search list, where another name reads as the same base.
-- from: [work.wire_steps, temp.client_readings]
-- materialized: table
-- key: [step_id, base_id]
-- ---
select
  s.step_id,
  s.client_id,
  r.base_id,
  r.place,
  r.first_place,
  r.last_place,
  s.started_ns,
  s.ended_ns,
  s.active_ns,
  s.outcome
from work.wire_steps as s
inner join temp.client_readings as r on r.client_id = s.client_id and r.qname_id = s.qname_id
where s.address_lookup and r.shared
