-- ---
-- title: DNS records that should be served
-- description: One row per value of a record set that a zone should serve, and each time it was listed.
-- from: [raw.dns_records]
-- materialized: view
-- ---
select * from raw.dns_records
