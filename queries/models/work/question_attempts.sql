-- ---
-- title: Which question each repeated query is an attempt at
-- description: >
--   One row a transaction of a question that was asked several times, with its number there; every other transaction is a question by itself. A query with
--   the same client, name, type and id within 31 s is a retry, whatever its port and whether or not an answer came: glibc sends both halves again from a new
--   port when one was lost. With another id it is a retry when the one before stayed unanswered and went out once, a whole number of seconds
--   earlier (Go), when it comes at once after SERVFAIL, NOTIMP or REFUSED, or when it asks over TCP at once after a truncated answer.
-- from: [work.client_transactions]
-- materialized: table
-- ---
-- only what was asked more than once is sorted
with repeated as (
  select client_id, qname_id, qtype, txid
  from work.client_transactions
  group by client_id, qname_id, qtype, txid
  having count(*) > 1
),
numbered as (
  select *, lag(asked_ns) over same_id as previous_ns
  from work.client_transactions
  where (client_id, qname_id, qtype, txid) in (from repeated)
  window same_id as (partition by client_id, qname_id, qtype, txid order by asked_ns, transaction_id)
),
chained as (
  select
    * exclude (previous_ns),
    max(case when previous_ns is null or asked_ns - previous_ns > 31000000000 then transaction_id end)
      over (partition by client_id, qname_id, qtype, txid order by asked_ns, transaction_id rows unbounded preceding) as chain_id
  from numbered
),
-- what a query with another id may go on with: it was truncated, got an error, or no answer before resolvers' timers end
unsettled as (
  select distinct client_id, qname_id, qtype
  from work.client_transactions
  where truncated or work.is_error(rcode) or state = 'unanswered' or answered_ns > asked_ns + ($timer_seconds * 1e9)::BIGINT
),
candidates as (
  select *
  from work.client_transactions
  where (client_id, qname_id, qtype) in (from unsettled)
),
chains as (
  -- transactions are numbered in the order of their times
  select
    coalesce(c.chain_id, a.transaction_id) as chain_id,
    any_value(a.client_id) as client_id,
    any_value(a.qname_id) as qname_id,
    any_value(a.qtype) as qtype,
    min(a.asked_ns) as first_ns,
    arg_min(a.protocol, a.transaction_id) as protocol,
    count(*) as attempts,
    arg_max(a.state, a.transaction_id) as state,
    max(a.answered_ns) as answered_ns,
    arg_max(a.rcode, a.transaction_id) as rcode,
    bool_or(a.truncated) as truncated
  from candidates as a
  left join chained as c on c.transaction_id = a.transaction_id
  group by 1
),
linked as (
  select
    *,
    coalesce(
      case
        when first_ns - lag(answered_ns) over asked between 0 and 100000000
          and lag(truncated) over asked and protocol = 1 and lag(protocol) over asked = 0
          then true
        when first_ns - lag(answered_ns) over asked between 0 and 30000000
          then work.is_error(lag(rcode) over asked)
        -- resolvers' timers are whole seconds; a new lookup of the same name seldom falls on one
        when lag(attempts) over asked = 1
          and first_ns - lag(first_ns) over asked between ($timer_seconds * 1e9)::BIGINT and 11000000000
          and (first_ns - lag(first_ns) over asked) % 1000000000 < 100000000
          then lag(state) over asked = 'unanswered' or lag(answered_ns) over asked > first_ns
      end,
      false
    ) as continues
  from chains
  window asked as (partition by client_id, qname_id, qtype order by first_ns, chain_id)
),
questions as (
  select
    chain_id,
    max(case when not continues then chain_id end)
      over (partition by client_id, qname_id, qtype order by first_ns, chain_id rows unbounded preceding) as question_id
  from linked
),
members as (
  select c.transaction_id, coalesce(q.question_id, c.chain_id) as question_id, c.asked_ns, c.answered_ns, c.rcode
  from chained as c
  left join questions as q on q.chain_id = c.chain_id
  union all
  select a.transaction_id, q.question_id, a.asked_ns, a.answered_ns, a.rcode
  from candidates as a
  inner join questions as q on q.chain_id = a.transaction_id
  where a.transaction_id not in (select c.transaction_id from chained as c)
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
  case when work.is_error(lag(rcode) over attempt) then (asked_ns - lag(answered_ns) over attempt) / 1e9 end as after_error_seconds
from members
where question_id in (from several)
window attempt as (partition by question_id order by asked_ns, transaction_id)
