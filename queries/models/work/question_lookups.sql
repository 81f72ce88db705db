-- ---
-- title: Lookups of questions
-- description: One row a question that a program's lookup asked.
-- from: [work.step_questions, work.lookup_steps]
-- materialized: table
-- ---
select q.question_id, s.lookup_id, s.step_id
from work.step_questions as q
inner join work.lookup_steps as s on s.step_id = q.step_id
