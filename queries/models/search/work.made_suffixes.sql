-- ---
-- title: Suffixes that search lists add
-- description: >
--   One row per suffix that names get from a search list rather than from who asks for them: of a configured list, the
--   cluster's zones, and those that EC2 gives its nodes.
-- from: [raw.resolver_configs, work.cluster_zones]
-- materialized: table
-- key: [suffix]
-- ---
select unnest(from_json(search, '["VARCHAR"]')) as suffix from raw.resolver_configs
union
select zone from work.cluster_zones
union
select unnest(['compute.internal', 'ec2.internal'])
