-- ---
-- title: Questions made by hand
-- description: One row per question that dig, nslookup, host or getent asked, as the tool tells of it.
-- from: [raw.probes]
-- materialized: view
-- ---
select * from raw.probes
