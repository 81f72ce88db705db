-- ---
-- title: Problems
-- description: One row per thing that could not be read, per source and wording.
-- from: [raw.problems]
-- materialized: view
-- ---
select * from raw.problems
