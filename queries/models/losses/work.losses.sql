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
  t.transaction_id,
  t.client_id,
  t.client_port,
  t.server_id,
  t.backend_id,
  t.qname_id,
  t.qtype,
  t.asked_ns,
  t.query_reached_server,
  t.response_left_server,
  t.in_log,
  t.source_id,
  t.frame,
  coalesce(a.question_id, t.transaction_id) as question_id,
  coalesce(a.attempt, 1) as attempt,
  l.lookup_id,
  coalesce(q.first_state = 'answered', false) as half,
  w.one_socket,
  coalesce(w.at_once and w.one_socket, false) as together,
  coalesce(w.at_once and not w.one_socket, false) as apart_at_once,
  coalesce(w.at_once and w.one_socket and q.first_state = 'unanswered', false) as pair
from work.judged_transactions as t
left join work.question_attempts as a on a.transaction_id = t.transaction_id
left join work.question_lookups as l on l.question_id = coalesce(a.question_id, t.transaction_id)
left join twin_of as w on w.question_id = coalesce(a.question_id, t.transaction_id)
left join work.wire_questions as q on q.question_id = w.twin_id
where t.state = 'unanswered' and not t.from_forwarder and not coalesce(a.spare, false)
