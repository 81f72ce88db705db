-- ---
-- title: Log matches
-- description: One row per log line and the transaction that it is about.
-- from: [work.log_line_matches]
-- materialized: view
-- ---
select transaction_id, source_id, line, translated from work.log_line_matches
