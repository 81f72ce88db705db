-- ---
-- title: Suffixes that search lists add
-- description: >
--   One row a suffix that names get from a search list rather than from who asks for them: of a configured list, the cluster's zone (as a Corefile's
--   kubernetes plugin names it, or else as what follows `svc` in most names that have it), and those that EC2 gives its nodes.
-- from: [raw.resolver_configs, raw.corefiles, work.name_ids]
-- materialized: table
-- ---
with served as (
  select unnest(from_json(arguments, '["VARCHAR"]')) as zone
  from raw.corefiles
  where plugin = 'kubernetes'
),
named as (
  select regexp_extract(name, '.*\.svc\.(.+)$', 1) as zone
  from work.name_ids
  where contains(name, '.svc.') and raw_id = name_id
  group by 1
  order by count(*) desc, 1
  limit 1
)
select unnest(from_json(search, '["VARCHAR"]')) as suffix from raw.resolver_configs
union
select rtrim(zone, '.') from served where not ends_with(rtrim(zone, '.'), '.arpa')
union
select zone from named where zone is not null
union
select unnest(['compute.internal', 'ec2.internal'])
