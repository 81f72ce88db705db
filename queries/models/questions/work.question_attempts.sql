-- ---
-- title: Which question each repeated query is an attempt at
-- description: >
--   One row per transaction of a question that was asked several times, with its number there; every other transaction
--   is a question by itself. A query with the same client, name, type and id within 31 s is a retry, whatever its port:
--   glibc sends both halves again from a new port when one was lost or refused. A copy left at once with the query
--   before, from the same socket, for another server (musl asks all its servers); it is no retry, and spare where
--   another server answered.
-- from: [work.client_transactions, temp.question_links]
-- materialized: table
-- key: [transaction_id]
-- ---
with members as (
  select l.question_id, t.*
  from temp.question_links as l
  inner join work.client_transactions as t on t.transaction_id = l.transaction_id
),
sequence as (
  select
    *,
    row_number() over attempt as attempt,
    (asked_ns - lag(asked_ns) over attempt) / 1e9 as gap_seconds,
    -- since the answer before it, where that was an error
    case when work.is_error(lag(rcode) over attempt) then (asked_ns - lag(answered_ns) over attempt) / 1e9 end
      as after_error_seconds,
    coalesce(
      txid = lag(txid) over attempt
      and client_port = lag(client_port) over attempt
      and server_id <> lag(server_id) over attempt
      and asked_ns - lag(asked_ns) over attempt < work.ns($copies_to_servers_seconds),
      false
    ) as copy
  from members
  window attempt as (partition by question_id order by asked_ns, transaction_id)
),
rounds as (
  select
    *,
    count(*) filter (where not copy) over (partition by question_id order by attempt rows unbounded preceding) as round
  from sequence
)
select
  transaction_id,
  question_id,
  attempt,
  case when not copy then gap_seconds end as gap_seconds,
  case when not copy then after_error_seconds end as after_error_seconds,
  copy,
  round,
  state <> 'answered' and bool_or(state = 'answered') over (partition by question_id, round) as spare
from rounds
