-- ---
-- title: Corefile plugins
-- description: One row per plugin line of a server block of a Corefile.
-- from: [raw.corefiles]
-- materialized: view
-- ---
select * from raw.corefiles
