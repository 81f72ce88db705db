-- ---
-- title: Conntrack counters
-- description: One row per sample and CPU of the conntrack counters, as printed.
-- from: [raw.conntrack_counters]
-- materialized: view
-- key: [source_id, sample, cpu]
-- ---
select * from raw.conntrack_counters
