-- ---
-- title: How full the conntrack table is
-- description: One row per sample of nf_conntrack_count and nf_conntrack_max, or a kernel line that said the table is
--   full.
-- from: [raw.conntrack_table]
-- materialized: view
-- key: [source_id, line]
-- ---
select * from raw.conntrack_table
