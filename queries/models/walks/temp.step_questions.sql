-- ---
-- title: Questions of steps
-- description: One row per question, with the step it belongs to; a step is a pair of twins, or a question that has no
--   twin.
-- from: [work.wire_questions, work.wire_twins]
-- materialized: table
-- key: [question_id]
-- ---
with paired as (
  select a_id as question_id, least(a_id, aaaa_id) as step_id from work.wire_twins
  union all
  select aaaa_id, least(a_id, aaaa_id) from work.wire_twins
)
select question_id, step_id from paired
union all
select question_id, question_id from work.wire_questions
where question_id not in (select p.question_id from paired as p)
