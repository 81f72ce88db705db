-- ---
-- title: Truncated answers that were asked for again late
-- description: >
--   One row per truncated answer after which its question was asked over TCP only $late_seconds or more later, with the
--   lookup that waited. A resolver connects at once, so that the connection was what took the time: its first packets
--   were lost, or nobody took them.
-- from: [work.question_attempts, work.judged_transactions, work.question_lookups]
-- materialized: table
-- key: [transaction_id]
-- ---
select
  of_lookup.lookup_id,
  transactions.transaction_id,
  (judged_transactions.asked_ns - transactions.answered_ns) / 1e9 as seconds
from work.question_attempts as attempts
inner join work.question_attempts
  on question_attempts.question_id = attempts.question_id and question_attempts.attempt = attempts.attempt + 1
inner join work.judged_transactions as transactions on transactions.transaction_id = attempts.transaction_id
inner join work.judged_transactions on judged_transactions.transaction_id = question_attempts.transaction_id
inner join work.question_lookups as of_lookup on of_lookup.question_id = attempts.question_id
where transactions.state = 'answered' and transactions.protocol = 0 and work.is_truncated(transactions.answer_flags)
  and judged_transactions.protocol = 1
  and judged_transactions.asked_ns - transactions.answered_ns >= work.ns($late_seconds)
