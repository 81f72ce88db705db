-- ---
-- title: What slow and failed lookups waited for
-- description: >
--   One row per attempt that a slow or failed lookup waited for, with the seconds that it cost, the cause that it shows
--   (null where the evidence shows none) and what shows it, as the end of a sentence.
-- from: [work.delays]
-- materialized: view
-- columns:
--   question_id: the attempt's question, in questions
--   transaction_id: the attempt, in transactions; null of a wait that is no attempt's
--   cause: the cause that it shows; null where the evidence shows none
--   reason: what shows it, as the end of a sentence
-- ---
select lookup_id, question_id, transaction_id, cost_seconds, cause, reason
from work.delays
