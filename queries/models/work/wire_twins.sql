-- ---
-- title: Twins by id
-- description: >
--   One row for each A and AAAA pair of one lookup's step. The halves of one socket are paired in their order; halves from two sockets when
--   the later was asked within 20 ms of the earlier (Go) or of its end (single-request-reopen).
-- from: [work.wire_questions]
-- materialized: table
-- ---
with halves as (
  select
    question_id, client_id, client_port, qname_id, qtype, asked_ns, coalesce(ended_ns, asked_ns) as ended_ns,
    row_number() over (partition by client_id, client_port, qname_id, qtype order by asked_ns) as turn
  from work.wire_questions
  where qtype in (1, 28)
),
same_socket as (
  select a.question_id as a_id, aaaa.question_id as aaaa_id
  from halves as a
  inner join halves as aaaa
    on aaaa.client_id = a.client_id and aaaa.client_port = a.client_port and aaaa.qname_id = a.qname_id and aaaa.turn = a.turn
  where a.qtype = 1 and aaaa.qtype = 28 and abs(a.asked_ns - aaaa.asked_ns) < 12000000000
),
lone as (
  select *
  from halves
  where question_id not in (select a_id from same_socket) and question_id not in (select aaaa_id from same_socket)
),
-- candidates: the A asked last before this AAAA, the first after it, and the one that ended last before it
near as (
  select a.question_id as a_id, aaaa.question_id as aaaa_id, aaaa.asked_ns - a.asked_ns as apart
  from (select * from lone where qtype = 28) as aaaa
  asof inner join (select * from lone where qtype = 1) as a
    on a.client_id = aaaa.client_id and a.qname_id = aaaa.qname_id and a.asked_ns <= aaaa.asked_ns
  union all
  select a.question_id, aaaa.question_id, a.asked_ns - aaaa.asked_ns
  from (select * from lone where qtype = 28) as aaaa
  asof inner join (select * from lone where qtype = 1) as a
    on a.client_id = aaaa.client_id and a.qname_id = aaaa.qname_id and a.asked_ns >= aaaa.asked_ns
  union all
  select a.question_id, aaaa.question_id, aaaa.asked_ns - a.ended_ns
  from (select * from lone where qtype = 28) as aaaa
  asof inner join (select * from lone where qtype = 1) as a
    on a.client_id = aaaa.client_id and a.qname_id = aaaa.qname_id and a.ended_ns <= aaaa.asked_ns
),
ranked as (
  select
    *,
    row_number() over (partition by a_id order by apart, aaaa_id) as for_a,
    row_number() over (partition by aaaa_id order by apart, a_id) as for_aaaa
  from (select a_id, aaaa_id, min(apart) as apart from near where apart <= 20000000 group by a_id, aaaa_id) as n
),
two_sockets as (
  select a_id, aaaa_id from ranked where for_a = 1 and for_aaaa = 1
)
select a_id, aaaa_id, true as one_socket from same_socket
union all
select a_id, aaaa_id, false from two_sockets
