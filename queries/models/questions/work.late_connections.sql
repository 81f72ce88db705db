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
  l.lookup_id,
  u.transaction_id,
  (t.asked_ns - u.answered_ns) / 1e9 as seconds
from work.question_attempts as a
inner join work.question_attempts as b on b.question_id = a.question_id and b.attempt = a.attempt + 1
inner join work.judged_transactions as u on u.transaction_id = a.transaction_id
inner join work.judged_transactions as t on t.transaction_id = b.transaction_id
inner join work.question_lookups as l on l.question_id = a.question_id
where u.state = 'answered' and u.protocol = 0 and work.is_truncated(u.answer_flags)
  and t.protocol = 1
  and t.asked_ns - u.answered_ns >= work.ns($late_seconds)
