-- ---
-- title: Twins
-- description: >
--   One row for each A and AAAA pair of one lookup. It is judged where this evidence can tell of both halves whether
--   they were answered; a pair that lost a half had its other one answered, so that the half was lost alone.
-- from: [work.wire_twins, work.wire_questions, work.address_ids, work.name_ids, work.question_lookups]
-- materialized: view
-- columns:
--   client_port: port of the query for A; null where the evidence does not say
--   apart_seconds: how long after A's query AAAA's was sent; negative where it was sent first; seconds
--   a_state: state of the first query for A (answered, unanswered, unknown)
--   aaaa_state: state of the first query for AAAA (answered, unanswered, unknown)
--   judged: this evidence can tell of both whether they were answered
--   lost: which first query got no answer (A, AAAA or both); null for none
--   lost_half: one of the two got no answer and the other did
--   retried_after_seconds: how long after the lost query it was sent again; seconds
--   waited_seconds: from the first query until both were done; seconds
--   one_socket: both left from one port
--   lookup_id: the lookup that it is a step of
-- ---
select
  client.address as client,
  nullif(questions.client_port, 0) as client_port,
  qname.name as qname,
  make_timestamp_ns(least(questions.asked_ns, aaaa.asked_ns)) as asked_at,
  (aaaa.asked_ns - questions.asked_ns) / 1e9 as apart_seconds,
  questions.first_state as a_state,
  aaaa.first_state as aaaa_state,
  questions.first_state <> 'unknown' and aaaa.first_state <> 'unknown' as judged,
  case
    when questions.first_state = 'unanswered' and aaaa.first_state = 'unanswered' then 'both'
    when questions.first_state = 'unanswered' then 'A'
    when aaaa.first_state = 'unanswered' then 'AAAA'
  end as lost,
  judged and questions.first_state <> aaaa.first_state as lost_half,
  case
    when questions.first_state = 'unanswered' and aaaa.first_state = 'unanswered'
      then least(questions.gaps_seconds[1], aaaa.gaps_seconds[1])
    when questions.first_state = 'unanswered' then questions.gaps_seconds[1]
    when aaaa.first_state = 'unanswered' then aaaa.gaps_seconds[1]
  end as retried_after_seconds,
  (greatest(questions.ended_ns, aaaa.ended_ns) - least(questions.asked_ns, aaaa.asked_ns)) / 1e9 as waited_seconds,
  wire_twins.one_socket,
  questions.question_id as a_question_id,
  aaaa.question_id as aaaa_question_id,
  of_lookup.lookup_id
from work.wire_twins
inner join work.wire_questions as questions on questions.question_id = wire_twins.a_id
inner join work.wire_questions as aaaa on aaaa.question_id = wire_twins.aaaa_id
inner join work.address_ids as client on client.raw_id = questions.client_id
inner join work.name_ids as qname on qname.raw_id = questions.qname_id
left join work.question_lookups as of_lookup on of_lookup.question_id = questions.question_id
