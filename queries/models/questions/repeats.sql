-- ---
-- title: Queries repeated inside the TTL
-- description: >
--   One row per transaction that its client asked, of the same server, although the whole answer that it had got was
--   still good. Negative: that answer held no record.
-- from: [work.wire_transactions, work.segment_mates]
-- materialized: view
-- key: [transaction_id]
-- columns:
--   negative: the answer that it had held no record
-- ---
-- by numbers: names and addresses in words make the window three times as long
with answered as (
  select
    transaction_id,
    asked_ns,
    lag(answered_ns) over again as answered_before_ns,
    -- a truncated answer is none that could be kept
    lag(case when not work.is_truncated(answer_flags) then min_ttl end) over again as ttl_before,
    lag(answers) over again as answers_before
  from work.wire_transactions
  where state = 'answered' and transaction_id not in (select m.transaction_id from work.segment_mates as m)
  window again as (partition by client_id, server_id, qname_id, qtype order by transaction_id)
)
select transaction_id, coalesce(answers_before = 0, false) as negative
from answered
where ttl_before > 0
  and asked_ns >= answered_before_ns
  and asked_ns - answered_before_ns < work.ns(ttl_before)
