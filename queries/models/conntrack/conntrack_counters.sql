-- ---
-- title: Conntrack counters
-- description: One row per sample and CPU of the conntrack counters, as printed.
-- from: [raw.conntrack_counters]
-- materialized: view
-- ---
select * from raw.conntrack_counters
