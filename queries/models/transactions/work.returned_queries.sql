-- ---
-- title: Queries that came back
-- description: >
--   One row per query that a server, or another behind the same service, was asked by the one that it had just asked
--   for the same name and type and that had not answered yet: queries that go round.
-- from: [work.judged_transactions]
-- materialized: table
-- key: [transaction_id]
-- ---
with asked as (
  select
    transaction_id,
    client_id,
    coalesce(answer_first_src_id, backend_id, last_dst_id, server_id) as answerer_id,
    qname_id,
    qtype,
    asked_ns,
    case when state = 'answered' then answered_ns else asked_ns + work.ns($wait_seconds) end as until_ns
  from work.judged_transactions
  where from_forwarder and timed
),
-- servers behind one service stand for each other
siblings as (
  select client_id as address_id, client_id as sibling_id from asked
  union
  select a.answerer_id, b.answerer_id
  from
    (
      select distinct server_id, coalesce(answer_first_src_id, last_dst_id) as answerer_id
      from work.judged_transactions
    ) as a
  inner join
    (
      select distinct server_id, coalesce(answer_first_src_id, last_dst_id) as answerer_id
      from work.judged_transactions
    ) as b
    on b.server_id = a.server_id
  where a.answerer_id in (select client_id from asked) and b.answerer_id in (select client_id from asked)
),
back as (
  select b.*, s.sibling_id
  from asked as b
  inner join siblings as s on s.address_id = b.answerer_id
)
select b.transaction_id, b.client_id, b.answerer_id, b.qname_id, b.qtype, b.asked_ns
from back as b
-- transactions are numbered in the order of their times
asof inner join asked as a
  on a.client_id = b.sibling_id
    and a.answerer_id = b.client_id
    and a.qname_id = b.qname_id
    and a.qtype = b.qtype
    and a.transaction_id < b.transaction_id
where b.asked_ns <= a.until_ns
qualify row_number() over (partition by b.transaction_id) = 1
