-- ---
-- title: The search list that holds for each client
-- description: >
--   One row per client and place in its search list: as configured where the evidence has a configuration for it, else
--   as inferred from its walks.
-- from: [work.configured_search, work.inferred_search, work.wire_steps]
-- materialized: table
-- key: [client_id, position]
-- ---
with clients as (
  select distinct client_id from work.wire_steps
),
configured as (
  select
    client_id,
    unnest(search) as suffix,
    generate_subscripts(search, 1) as position,
    len(search) as suffixes,
    ndots
  from work.configured_search
)
select
  c.client_id, c.position::INTEGER as position, c.suffix, c.suffixes::INTEGER as suffixes, c.ndots, true as configured
from configured as c
where c.client_id in (select client_id from clients)
union all
select i.client_id, i.position, i.suffix, count(*) over (partition by i.client_id), 5, false
from work.inferred_search as i
where i.client_id not in (select c.client_id from configured as c)
