-- ---
-- title: Zones of the cluster
-- description: >
--   One row per zone below which services have their names: as a Corefile's kubernetes plugin names it, or else as what
--   follows `svc` in names. Names that walks made have a suffix after it; the zone is what most of them begin with.
-- from: [raw.corefiles, work.name_ids]
-- materialized: table
-- key: [zone]
-- ---
with served as (
  select unnest(from_json(arguments, '["VARCHAR"]')) as zone
  from raw.corefiles
  where plugin = 'kubernetes'
),
-- a few zones, whatever names say
named as (
  select regexp_extract(name, '\.svc\.(?:.*\.svc\.)?(.+)$', 1) as zone, count(*) as names
  from work.name_ids
  where contains(name, '.svc.') and raw_id = name_id
  group by 1
  order by names desc, zone
  limit 20
),
begun as (
  select z.zone
  from named as z
  inner join named as o on o.zone = z.zone or starts_with(o.zone, z.zone || '.')
  group by z.zone, z.names
  order by sum(o.names) desc, z.names desc, z.zone
  limit 1
)
select rtrim(zone, '.') as zone from served where not ends_with(rtrim(zone, '.'), '.arpa')
union
-- of a name with a suffix alone the default zone is known
select case when starts_with(zone, 'cluster.local.') then 'cluster.local' else zone end from begun
union
-- Kubernetes's own default
select 'cluster.local' where not exists (from served) and not exists (from named)
