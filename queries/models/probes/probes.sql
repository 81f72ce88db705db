-- ---
-- title: Questions as tools and programs tell of them
-- description: One row per question that dig, nslookup, host, getent, resolvectl or systemd-resolved asked, or that a
--   program in Go says failed.
-- from: [raw.probes]
-- materialized: view
-- ---
select * from raw.probes
