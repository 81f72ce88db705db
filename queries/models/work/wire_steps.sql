-- ---
-- title: Steps of lookups
-- description: >
--   One row a name that a program's resolver asked about at one moment: a pair of twins, or a question that has no twin.
--   The step ends when its later half ends; what it was asked for is answered when either half is.
-- from: [work.wire_questions, work.step_questions]
-- materialized: table
-- ---
select
  p.step_id,
  any_value(q.client_id) as client_id,
  any_value(q.qname_id) as qname_id,
  min(q.asked_ns) as started_ns,
  max(q.asked_ns) as last_half_ns,
  max(coalesce(q.ended_ns, q.asked_ns)) as ended_ns,
  count(*)::INTEGER as halves,
  sum(q.attempts)::INTEGER as queries,
  bool_or(q.passes_errors) as passes_errors,
  bool_or(len(q.gaps_seconds) > 0) as retried,
  case
    when bool_or(q.outcome = 'answered') then 'answered'
    when bool_or(q.outcome = 'unanswered') then 'unanswered'
    when bool_or(q.outcome = 'failed') then 'failed'
    when bool_or(q.outcome = 'unknown') then 'unknown'
    else 'negative'
  end as outcome,
  bool_or(q.rcode = 3) as nxdomain,
  max(q.answer_bytes) as answer_bytes,
  bool_or(q.qtype in (1, 28)) as address_lookup
from work.step_questions as p
inner join work.wire_questions as q on q.question_id = p.question_id
group by p.step_id
