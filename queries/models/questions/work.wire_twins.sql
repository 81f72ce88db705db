-- ---
-- title: Twins by id
-- description: >
--   One row for each A and AAAA pair of one lookup's step. The halves of one socket nearest to each other are a pair
--   when the later was asked before the earlier had ended, or within 0.1 s of that: a port comes round again. Halves
--   from two sockets are one when the later was asked within 0.25 s of the earlier (Go) or of its end
--   (single-request-reopen). At once: both were under way, and left within 0.1 s of each other.
-- from: [work.wire_questions]
-- materialized: table
-- key: [a_id]
-- ---
with halves as (
  select
    question_id, client_id, client_port, qname_id, qtype, asked_ns,
    coalesce(ended_ns, asked_ns) as ended_ns,
    -- an end that cannot be seen lies within a resolver's patience
    least(
      coalesce(ended_ns + work.ns($at_once_seconds), asked_ns + work.ns($twin_patience_seconds)),
      asked_ns + work.ns($twin_patience_seconds)
    ) as until_ns
  from work.wire_questions
  where qtype in (1, 28)
),
sockets as (
  select
    client_id,
    client_port,
    qname_id,
    count(*) filter (where qtype = 1) as a_halves,
    count(*) filter (where qtype = 28) as aaaa_halves,
    min(question_id) filter (where qtype = 1) as a_id,
    min(question_id) filter (where qtype = 28) as aaaa_id,
    min(asked_ns) filter (where qtype = 1) as a_asked_ns,
    min(asked_ns) filter (where qtype = 28) as aaaa_asked_ns,
    min(ended_ns) filter (where qtype = 1) as a_ended_ns,
    min(ended_ns) filter (where qtype = 28) as aaaa_ended_ns,
    max(asked_ns) <= arg_min(until_ns, asked_ns) as in_time
  from halves
  group by client_id, client_port, qname_id
),
-- most sockets ask for one pair; only the others need a search for what is nearest
other_sockets as (
  select client_id, client_port, qname_id
  from sockets
  where a_halves <> 1 or aaaa_halves <> 1 or not in_time
),
others as (
  select * from halves where (client_id, client_port, qname_id) in (from other_sockets)
),
a_halves as (select * from others where qtype = 1),
aaaa_halves as (select * from others where qtype = 28),
-- questions are numbered in the order of their times; on one socket: the A asked last before an AAAA, and the first
-- after it
on_socket as (
  select
    a.question_id as a_id,
    aaaa.question_id as aaaa_id,
    aaaa.asked_ns - a.asked_ns as apart,
    aaaa.asked_ns <= a.until_ns as in_time
  from aaaa_halves as aaaa
  asof inner join a_halves as a
    on a.client_id = aaaa.client_id
      and a.client_port = aaaa.client_port
      and a.qname_id = aaaa.qname_id
      and a.question_id <= aaaa.question_id
  union
  select a.question_id, aaaa.question_id, a.asked_ns - aaaa.asked_ns, a.asked_ns <= aaaa.until_ns
  from aaaa_halves as aaaa
  asof inner join a_halves as a
    on a.client_id = aaaa.client_id
      and a.client_port = aaaa.client_port
      and a.qname_id = aaaa.qname_id
      and a.question_id >= aaaa.question_id
),
nearest as (
  select a_id, aaaa_id
  from (
    select
      *,
      row_number() over (partition by a_id order by apart, aaaa_id) as for_a,
      row_number() over (partition by aaaa_id order by apart, a_id) as for_aaaa
    from on_socket
    where in_time
  ) as r
  where for_a = 1 and for_aaaa = 1
),
lone as (
  select *
  from others
  where question_id not in (select a_id from nearest) and question_id not in (select aaaa_id from nearest)
),
a_lone as (select * from lone where qtype = 1),
aaaa_lone as (select * from lone where qtype = 28),
-- from two sockets: as above, and the A that ended last before the AAAA
near as (
  select a.question_id as a_id, aaaa.question_id as aaaa_id, aaaa.asked_ns - a.asked_ns as apart
  from aaaa_lone as aaaa
  asof inner join a_lone as a
    on a.client_id = aaaa.client_id and a.qname_id = aaaa.qname_id and a.question_id <= aaaa.question_id
  union all
  select a.question_id, aaaa.question_id, a.asked_ns - aaaa.asked_ns
  from aaaa_lone as aaaa
  asof inner join a_lone as a
    on a.client_id = aaaa.client_id and a.qname_id = aaaa.qname_id and a.question_id >= aaaa.question_id
  union all
  select a.question_id, aaaa.question_id, aaaa.asked_ns - a.ended_ns
  from aaaa_lone as aaaa
  asof inner join (
    select client_id, qname_id, ended_ns, min(question_id) as question_id
    from a_lone
    group by client_id, qname_id, ended_ns
  ) as a on a.client_id = aaaa.client_id and a.qname_id = aaaa.qname_id and a.ended_ns <= aaaa.asked_ns
),
two_sockets as (
  select a_id, aaaa_id
  from (
    select
      *,
      row_number() over (partition by a_id order by apart, aaaa_id) as for_a,
      row_number() over (partition by aaaa_id order by apart, a_id) as for_aaaa
    from
      (
        select a_id, aaaa_id, min(apart) as apart
        from near
        where apart <= work.ns($follows_seconds)
        group by a_id, aaaa_id
      ) as n
  ) as r
  where for_a = 1 and for_aaaa = 1
)
select
  p.a_id,
  p.aaaa_id,
  -- a port that the evidence does not tell is written 0
  case when a.client_port <> 0 then p.one_socket end as one_socket,
  aaaa.asked_ns < a.ended_ns
  and a.asked_ns < aaaa.ended_ns
  and abs(a.asked_ns - aaaa.asked_ns) < work.ns($at_once_seconds) as at_once
from (
  select a_id, aaaa_id, true as one_socket from nearest
  union all
  select a_id, aaaa_id, false from two_sockets
) as p
-- glibc asks one after the other once a half was lost, and then from a socket a query
inner join others as a on a.question_id = p.a_id
inner join others as aaaa on aaaa.question_id = p.aaaa_id
union all
select
  a_id,
  aaaa_id,
  case when client_port <> 0 then true end,
  aaaa_asked_ns < a_ended_ns
  and a_asked_ns < aaaa_ended_ns
  and abs(a_asked_ns - aaaa_asked_ns) < work.ns($at_once_seconds)
from sockets
where a_halves = 1 and aaaa_halves = 1 and in_time
