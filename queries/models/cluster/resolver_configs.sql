-- ---
-- title: Resolver configurations
-- description: One row per resolv.conf or a pod's dnsConfig.
-- from: [raw.resolver_configs]
-- materialized: view
-- ---
select * from raw.resolver_configs
