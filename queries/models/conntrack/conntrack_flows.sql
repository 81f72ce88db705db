-- ---
-- title: Conntrack flows
-- description: One row per flow that conntrack -L or -E printed.
-- from: [raw.conntrack_flows]
-- materialized: view
-- ---
select * from raw.conntrack_flows
