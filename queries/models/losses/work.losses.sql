-- ---
-- title: Queries of programs that got no answer
-- description: >
--   One row per unanswered transaction of a program's client, but none whose copy for another server was answered. A
--   half loss has a twin whose own first sending was answered; together: both were under way at once from one socket;
--   apart_at_once: from two; pair: both, from one socket at once, were lost.
-- from: [work.judged_transactions, work.question_attempts, work.question_lookups, work.wire_twins, work.wire_questions]
-- materialized: table
-- key: [transaction_id]
-- ---
with twin_of as (
  select a_id as question_id, aaaa_id as twin_id, one_socket, at_once from work.wire_twins
  union all
  select aaaa_id, a_id, one_socket, at_once from work.wire_twins
)
select
  transactions.transaction_id,
  transactions.client_id,
  transactions.client_port,
  transactions.server_id,
  transactions.backend_id,
  transactions.qname_id,
  transactions.qtype,
  transactions.asked_ns,
  transactions.query_reached_server,
  transactions.response_left_server,
  transactions.in_log,
  transactions.source_id,
  transactions.frame,
  coalesce(attempts.question_id, transactions.transaction_id) as question_id,
  coalesce(attempts.attempt, 1) as attempt,
  of_lookup.lookup_id,
  coalesce(questions.first_state = 'answered', false) as half,
  twin_of.one_socket,
  coalesce(twin_of.at_once and twin_of.one_socket, false) as together,
  coalesce(twin_of.at_once and not twin_of.one_socket, false) as apart_at_once,
  coalesce(twin_of.at_once and twin_of.one_socket and questions.first_state = 'unanswered', false) as pair
from work.judged_transactions as transactions
left join work.question_attempts as attempts on attempts.transaction_id = transactions.transaction_id
left join work.question_lookups as of_lookup
  on of_lookup.question_id = coalesce(attempts.question_id, transactions.transaction_id)
left join twin_of on twin_of.question_id = coalesce(attempts.question_id, transactions.transaction_id)
left join work.wire_questions as questions on questions.question_id = twin_of.twin_id
where transactions.state = 'unanswered' and not transactions.from_forwarder and not coalesce(attempts.spare, false)
