-- ---
-- title: Search suffixes that are none of the cluster's
-- description: >
--   One row per suffix of search lists outside of the cluster's zones: configured, walked, or seen in logs after a name
--   of a service or after several names that were asked for below the cluster's zone as well.
-- from: [raw.resolver_configs, work.client_search, work.cluster_zones, work.cluster_names, work.name_ids,
--   raw.log_queries, raw.log_events]
-- materialized: table
-- key: [suffix]
-- ---
with logged as (
  select n.name_id, any_value(n.raw_id) as raw_id, any_value(n.name) as name, bool_or(l.missing) as missing
  from (
    select qname_id, bool_or(work.is_nxdomain(rcode)) as missing from raw.log_queries group by qname_id
    union all
    select distinct qname_id, false from raw.log_events where qname_id is not null
  ) as l
  inner join work.name_ids as n on n.raw_id = l.qname_id
  group by n.name_id
),
outside as (
  select name from logged where raw_id not in (select c.raw_id from work.cluster_names as c)
),
-- a name that a walk asked for below the cluster's zone, as every walk of two labels or more does
bases as (
  select distinct left(l.name, length(l.name) - length(z.zone) - 5) as base
  from logged as l
  inner join work.cluster_zones as z on ends_with(l.name, '.svc.' || z.zone)
  where l.missing and contains(left(l.name, length(l.name) - length(z.zone) - 5), '.')
),
cut as (
  select string_split(name, '.') as labels, unnest(range(2, length(name) - length(replace(name, '.', '')) + 1)) as place
  from outside
  where (select count(*) from bases) > 0
),
beside as (
  select array_to_string(c.labels[c.place + 1:], '.') as suffix
  from cut as c
  inner join bases as b on b.base = array_to_string(c.labels[:c.place], '.')
  group by 1
  having count(distinct b.base) >= $suffix_names
),
suffixes as (
  select unnest(from_json(search, '["VARCHAR"]')) as suffix from raw.resolver_configs
  union
  select suffix from work.client_search
  union
  select suffix from beside
  union
  -- no name of the cluster goes on after its zone
  select regexp_extract(o.name, '\.svc\.' || regexp_escape(z.zone) || '\.(.+)$', 1)
  from outside as o
  inner join work.cluster_zones as z on contains(o.name, '.svc.' || z.zone || '.')
)
select rtrim(suffix, '.') as suffix
from suffixes as s
where suffix <> ''
  and not exists (select 1 from work.cluster_zones as z where s.suffix = z.zone or ends_with(s.suffix, '.' || z.zone))
group by 1
