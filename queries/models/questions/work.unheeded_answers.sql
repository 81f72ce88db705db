-- ---
-- title: Answers that their clients did not get or take
-- description: >
--   One row per answer of a program's query that passed a capture and whose client waited for it all the same: it sent
--   the query again from the same socket with the same id, as long after as its resolver's timer has it, and no half of
--   the pair was missing, for which glibc sends both again.
-- from: [work.question_attempts, work.client_transactions, work.wire_twins, work.wire_questions, work.question_lookups,
--   work.forwarders]
-- materialized: table
-- key: [transaction_id]
-- ---
with attempts as (
  select
    a.question_id,
    a.transaction_id,
    t.client_id,
    t.client_port,
    t.txid,
    t.asked_ns,
    t.answered_ns,
    t.timed and not t.truncated and work.is_settled(t.rcode) as settled,
    lead(t.client_port) over attempt as again_port,
    lead(t.txid) over attempt as again_txid,
    lead(t.asked_ns) over attempt as again_ns
  from work.question_attempts as a
  inner join work.client_transactions as t on t.transaction_id = a.transaction_id
  window attempt as (partition by a.question_id order by a.attempt)
),
twin_of as (
  select a_id as question_id, aaaa_id as twin_id from work.wire_twins
  union all
  select aaaa_id, a_id from work.wire_twins
)
select a.transaction_id, l.lookup_id, (a.again_ns - a.asked_ns) / 1e9 as seconds
from attempts as a
left join twin_of as w on w.question_id = a.question_id
left join work.wire_questions as q on q.question_id = w.twin_id
left join work.question_lookups as l on l.question_id = a.question_id
where a.settled
  and a.again_port = a.client_port and a.again_txid = a.txid
  and a.again_ns - a.answered_ns >= work.ns($timer_seconds)
  -- resolvers wait whole seconds, musl 2.5
  and (a.again_ns - a.asked_ns + work.ns($order_slack_seconds)) % work.ns(0.5)
  < work.ns($quiet_jitter_seconds + $order_slack_seconds)
  and (q.question_id is null or q.first_state = 'answered' or q.asked_ns >= a.again_ns)
  and a.client_id not in (select f.address_id from work.forwarders as f)
