-- ---
-- title: Transactions that a log has
-- description: One row per transaction that a line of some log is about.
-- from: [work.log_line_matches]
-- materialized: table
-- key: [transaction_id]
-- ---
select distinct transaction_id from work.log_line_matches
