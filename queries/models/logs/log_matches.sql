-- ---
-- title: Log matches
-- description: One row per log line and the transaction that it is about.
-- from: [work.log_line_matches]
-- materialized: view
-- columns:
--   line: line in the log, from 1
--   translated: the line has the client's address after translation
-- ---
select transaction_id, source_id, line, translated from work.log_line_matches
