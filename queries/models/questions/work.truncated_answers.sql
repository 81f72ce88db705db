-- ---
-- title: Truncated answers, and what followed
-- description: >
--   One row per truncated answer to a query of a program, with its question, and whether that was asked over TCP after
--   it.
-- from: [work.judged_transactions, work.question_attempts]
-- materialized: table
-- key: [transaction_id]
-- ---
select
  truncated.transaction_id,
  truncated.client_id,
  coalesce(attempts.question_id, truncated.transaction_id) as question_id,
  truncated.protocol,
  truncated.answered_ns,
  truncated.watched_until_ns,
  coalesce(bool_or(later.protocol = 1), false) as over_tcp
from work.judged_transactions as truncated
left join work.question_attempts as attempts on attempts.transaction_id = truncated.transaction_id
left join work.question_attempts as later_attempts
  on later_attempts.question_id = attempts.question_id and later_attempts.attempt > attempts.attempt
left join work.judged_transactions as later on later.transaction_id = later_attempts.transaction_id
where truncated.state = 'answered' and work.is_truncated(truncated.answer_flags) and not truncated.from_forwarder
group by all
