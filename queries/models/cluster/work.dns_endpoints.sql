-- ---
-- title: Where a packet to the cluster's DNS ends
-- description: >
--   One row per address behind a service of DNS (one with port 53) by kubectl's objects, the ready ones where there are
--   any: the UDP port that a server listens on there (null where that is not told), the addresses of its services, and
--   its pod where that has a network of its own.
-- from: [raw.cluster_objects, work.pods]
-- materialized: table
-- ---
with services as (
  select
    namespace,
    name,
    list(distinct address) filter (where address is not null) as addresses,
    any_value(target) as selector,
    any_value(ports) as ports
  from raw.cluster_objects
  where kind = 'Service'
  group by namespace, name
),
endpoints as (
  select
    o.address,
    o.ports,
    o.phase is distinct from 'not-ready' as ready,
    s.addresses,
    s.namespace,
    s.selector,
    from_json(o.ports, '[{"name":"VARCHAR","port":"INTEGER","protocol":"VARCHAR"}]') as listed
  from raw.cluster_objects as o
  inner join services as s
    on s.namespace is not distinct from o.namespace
    and s.name = case o.kind when 'Endpoints' then o.name when 'EndpointSlice' then o.owner end
  where o.kind in ('Endpoints', 'EndpointSlice') and o.address is not null
    and regexp_matches(coalesce(o.ports, '') || coalesce(s.ports, ''), '"port":53\b')
),
pods as (
  select address, min(struct_pack(namespace := namespace, name := name)) as pod
  from (select namespace, name, unnest(addresses) as address from work.pods) as p
  group by address
),
told as (
  select
    address,
    bool_or(ready) as ready,
    list_distinct(flatten(list(addresses) filter (where addresses is not null))) as services,
    any_value(namespace) as service_namespace,
    any_value(selector) as selector,
    -- tables of kubectl name no protocol
    min(coalesce(
      list_min(
        list_transform(
          list_filter(listed, lambda one: one.protocol = 'UDP' and (starts_with(one.name, 'dns') or one.port = 53)),
          lambda one: one.port
        )
      ),
      list_min(list_transform(list_filter(listed, lambda one: one.protocol = 'UDP'), lambda one: one.port)),
      list_min(
        list_transform(
          list_filter(listed, lambda one: one.protocol is null and one.port = 53),
          lambda one: one.port
        )
      )
    )) as port
  from endpoints
  group by address
)
select t.* exclude (ready), p.pod.namespace as namespace, p.pod.name as pod
from told as t
left join pods as p on p.address = t.address
where t.ready or not exists (select 1 from told as o where o.ready)
qualify row_number() over (order by t.address) <= $most_members
