-- ---
-- title: Sources
-- description: One row an input that was read.
-- from: [raw.sources]
-- materialized: view
-- ---
select * from raw.sources
