-- ---
-- title: Places in a walk that a step could be
-- description: >
--   One row a step and reading of its name: as base name with the suffix at a place in its client's search list, or as the base name
--   alone. The base alone comes last, or first (place 0) where it has ndots dots.
-- from: [work.wire_steps, work.client_search, work.name_ids, work.forwarders]
-- materialized: table
-- ---
with asked as (
  select distinct s.client_id, s.qname_id, n.name
  from work.wire_steps as s
  inner join work.name_ids as n on n.raw_id = s.qname_id
  where s.client_id in (select c.client_id from work.client_search as c)
    and s.client_id not in (select f.address_id from work.forwarders as f)
),
read as (
  select
    a.client_id, a.qname_id,
    left(a.name, length(a.name) - length(c.suffix) - 1) as base,
    c.position,
    c.suffixes,
    c.ndots
  from asked as a
  inner join work.client_search as c on c.client_id = a.client_id and ends_with(a.name, '.' || c.suffix)
  union all
  select a.client_id, a.qname_id, a.name, c.suffixes + 1, c.suffixes, c.ndots
  from asked as a
  inner join work.client_search as c on c.client_id = a.client_id and c.position = 1
)
select
  s.step_id,
  s.client_id,
  r.base,
  case
    when r.position <= r.suffixes then r.position
    when length(r.base) - length(replace(r.base, '.', '')) >= r.ndots then 0
    else r.position
  end as place,
  case when length(r.base) - length(replace(r.base, '.', '')) >= r.ndots then 0 else 1 end as first_place,
  r.suffixes + 1 as last_place,
  s.started_ns,
  s.ended_ns,
  s.outcome
from read as r
inner join work.wire_steps as s on s.client_id = r.client_id and s.qname_id = r.qname_id
where s.address_lookup
