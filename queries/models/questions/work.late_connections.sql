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
  truncated.transaction_id,
  (over_tcp.asked_ns - truncated.answered_ns) / 1e9 as seconds
from work.question_attempts as attempts
inner join work.question_attempts as next_attempts
  on next_attempts.question_id = attempts.question_id and next_attempts.attempt = attempts.attempt + 1
inner join work.judged_transactions as truncated on truncated.transaction_id = attempts.transaction_id
inner join work.judged_transactions as over_tcp on over_tcp.transaction_id = next_attempts.transaction_id
inner join work.question_lookups as of_lookup on of_lookup.question_id = attempts.question_id
where truncated.state = 'answered' and truncated.protocol = 0 and work.is_truncated(truncated.answer_flags)
  and over_tcp.protocol = 1
  and over_tcp.asked_ns - truncated.answered_ns >= work.ns($late_seconds)
