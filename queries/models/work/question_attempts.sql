-- ---
-- title: Which question each transaction is an attempt at
-- description: >
--   One row a transaction, with the question it belongs to and its number there. A query with the same client, name, type and id
--   within 31 s is a retry, whatever its port and whether or not an answer came: glibc sends both halves again from a new port when one was lost.
--   With another id it is a retry when the one before stayed unanswered and went out once, a whole number of seconds
--   earlier (Go), when it comes at once after SERVFAIL, NOTIMP or REFUSED, or when it asks over TCP at once after a truncated answer.
-- from: [work.wire_transactions]
-- materialized: table
-- ---
with asked as (
  select
    transaction_id,
    client_id,
    client_port,
    qname_id,
    qtype,
    txid,
    protocol,
    asked_ns,
    state,
    case when state = 'answered' then answered_ns end as answered_ns,
    case when state = 'answered' then rcode end as rcode,
    state = 'answered' and (answer_flags & 512) > 0 as truncated
  from work.wire_transactions
),
-- only what was asked more than once is sorted
repeated as (
  select client_id, qname_id, qtype, txid
  from asked
  group by client_id, qname_id, qtype, txid
  having count(*) > 1
),
numbered as (
  select *, lag(asked_ns) over same_id as previous_ns
  from asked
  where (client_id, qname_id, qtype, txid) in (from repeated)
  window same_id as (partition by client_id, qname_id, qtype, txid order by asked_ns, transaction_id)
),
chained as (
  select
    * exclude (previous_ns),
    max(case when previous_ns is null or asked_ns - previous_ns > 31000000000 then transaction_id end)
      over (partition by client_id, qname_id, qtype, txid order by asked_ns, transaction_id rows unbounded preceding) as chain_id
  from numbered
  union all
  select *, transaction_id
  from asked
  where (client_id, qname_id, qtype, txid) not in (from repeated)
),
chains as (
  select
    chain_id,
    any_value(client_id) as client_id,
    any_value(qname_id) as qname_id,
    any_value(qtype) as qtype,
    min(asked_ns) as first_ns,
    arg_min(protocol, asked_ns) as protocol,
    count(*) as attempts,
    arg_max(state, asked_ns) as state,
    max(answered_ns) as answered_ns,
    arg_max(rcode, asked_ns) as rcode,
    bool_or(truncated) as truncated
  from chained
  group by chain_id
),
linked as (
  select
    *,
    coalesce(
      case
        when first_ns - lag(answered_ns) over asked between 0 and 100000000
          and lag(truncated) over asked and protocol = 1 and lag(protocol) over asked = 0
          then true
        when first_ns - lag(answered_ns) over asked between 0 and 10000000
          then lag(rcode) over asked in (2, 4, 5)
        -- resolvers' timers are whole seconds; a new lookup of the same name seldom falls on one
        when lag(attempts) over asked = 1
          and first_ns - lag(first_ns) over asked between 900000000 and 11000000000
          and (first_ns - lag(first_ns) over asked) % 1000000000 < 100000000
          then lag(state) over asked = 'unanswered' or lag(answered_ns) over asked > first_ns
      end,
      false
    ) as continues
  from chains
  window asked as (partition by client_id, qname_id, qtype order by first_ns, chain_id)
),
continued as (
  select distinct client_id, qname_id, qtype from linked where continues
),
questions as (
  select
    chain_id,
    max(case when not continues then chain_id end)
      over (partition by client_id, qname_id, qtype order by first_ns, chain_id rows unbounded preceding) as question_id
  from linked
  where (client_id, qname_id, qtype) in (from continued)
),
members as (
  select
    c.transaction_id, coalesce(q.question_id, c.chain_id) as question_id,
    c.client_port, c.txid, c.asked_ns, c.answered_ns, c.rcode
  from chained as c
  left join questions as q on q.chain_id = c.chain_id
),
several as (
  select question_id from members group by question_id having count(*) > 1
)
select
  transaction_id,
  question_id,
  row_number() over attempt as attempt,
  (asked_ns - lag(asked_ns) over attempt) / 1e9 as gap_seconds,
  -- since the answer before it, where that was an error
  case when lag(rcode) over attempt in (2, 4, 5) then (asked_ns - lag(answered_ns) over attempt) / 1e9 end as after_error_seconds,
  client_port = lag(client_port) over attempt as same_port,
  txid = lag(txid) over attempt as same_txid
from members
where question_id in (from several)
window attempt as (partition by question_id order by asked_ns, transaction_id)
union all
select transaction_id, question_id, 1, null, null, null, null
from members
where question_id not in (from several)
