-- ---
-- title: Questions of steps
-- description: One row a question, with the step it belongs to; a step is a pair of twins, or a question that has no twin.
-- from: [work.wire_questions, work.wire_twins]
-- materialized: table
-- ---
select question_id, question_id as step_id from work.wire_questions
where question_id not in (select a_id from work.wire_twins) and question_id not in (select aaaa_id from work.wire_twins)
union all
select a_id, least(a_id, aaaa_id) from work.wire_twins
union all
select aaaa_id, least(a_id, aaaa_id) from work.wire_twins
