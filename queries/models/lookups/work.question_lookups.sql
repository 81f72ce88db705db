-- ---
-- title: Lookups of questions
-- description: One row per question that a program's lookup asked.
-- from: [temp.step_questions, work.lookup_steps]
-- materialized: table
-- key: [question_id]
-- ---
select q.question_id, s.lookup_id, s.step_id
from temp.step_questions as q
inner join work.lookup_steps as s on s.step_id = q.step_id
