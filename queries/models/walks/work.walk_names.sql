-- ---
-- title: How names may be read as steps of walks
-- description: >
--   One row per name and reading of it: as a base name with a suffix of some search list, or as the base name alone
--   (suffix null). Base names are numbered in their order. Shared: other names read as the same base, so that a walk
--   may go from one to the other.
-- from: [work.wire_steps, work.client_search, work.name_ids]
-- materialized: table
-- key: [qname_id, base_id]
-- ---
with asked as (
  select distinct s.qname_id, n.name
  from work.wire_steps as s
  inner join work.name_ids as n on n.raw_id = s.qname_id
),
suffixes as (
  select distinct suffix, '.' || suffix as ending, length(suffix) + 1 as length from work.client_search
),
lengths as (
  select distinct length from suffixes
),
-- ends of a name as long as a suffix are looked up among those: no name holds more than 255 octets, however many
-- suffixes there are
readings as (
  select a.qname_id, s.suffix, left(a.name, length(a.name) - s.length) as base
  from asked as a
  inner join lengths as l on l.length < length(a.name)
  inner join suffixes as s on s.ending = right(a.name, l.length)
  union all
  select qname_id, null, name
  from asked
),
bases as (
  select
    base,
    row_number() over (order by base) as base_id,
    length(base) - length(replace(base, '.', '')) as dots,
    count(*) > 1 as shared
  from readings
  group by base
)
select r.qname_id, r.suffix, b.base_id, b.base, b.dots, b.shared
from readings as r
inner join bases as b on b.base = r.base
