-- ---
-- title: How each client's search list reads names
-- description: >
--   One row per client and reading of a name that it asked for, with its place in the client's search list. The base
--   alone comes last, or first (place 0) where it has ndots dots.
-- from: [work.wire_steps, work.walk_names, work.client_search, work.forwarders]
-- materialized: table
-- key: [client_id, qname_id, base_id]
-- ---
with asked as (
  select distinct client_id, qname_id
  from work.wire_steps
  where address_lookup and client_id not in (select f.address_id from work.forwarders as f)
),
readings as (
  select a.client_id, n.*, c.position, c.suffixes, c.ndots
  from asked as a
  inner join work.walk_names as n on n.qname_id = a.qname_id
  inner join work.client_search as c on c.client_id = a.client_id and c.suffix = n.suffix
  union all
  select a.client_id, n.*, c.suffixes + 1, c.suffixes, c.ndots
  from asked as a
  inner join work.walk_names as n on n.qname_id = a.qname_id and n.suffix is null
  inner join work.client_search as c on c.client_id = a.client_id and c.position = 1
)
select
  client_id,
  qname_id,
  base_id,
  shared,
  case when position <= suffixes then position when dots >= ndots then 0 else position end as place,
  case when dots >= ndots then 0 else 1 end as first_place,
  suffixes + 1 as last_place
from readings
