-- ---
-- title: What dnslens collect asked for
-- description: One row per piece of evidence that `dnslens collect` asked for, whether it came or not.
-- from: [raw.collected]
-- materialized: view
-- ---
select * from raw.collected
