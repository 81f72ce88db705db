-- ---
-- title: Addresses by id
-- description: >
--   One row per address id; ids that stand for the same address (from other runs) share one canonical id. An endpoint
--   that a capture shows by its name (tcpdump without -n) is the pod, service or node of that name, where the cluster's
--   objects name one address for it.
-- from: [raw.addresses, raw.cluster_objects]
-- materialized: table
-- key: [raw_id]
-- ---
with hosts as (
  select distinct address as host, string_split(address, '.') as labels
  from raw.addresses
  where not contains(address, ':') and not regexp_full_match(address, '[0-9.]+')
),
found as (
  select h.host, o.address
  from hosts as h
  inner join raw.cluster_objects as o on o.name = h.host
  where o.kind = 'Node' or o.kind = 'Pod' and not o.host_network
  union all
  -- NAME.NAMESPACE, with or without svc and the cluster's domain
  select h.host, o.address
  from hosts as h
  inner join raw.cluster_objects as o on o.name = h.labels[1] and o.namespace = h.labels[2]
  where o.kind = 'Service' and coalesce(h.labels[3] = 'svc', true)
  union all
  -- NAMESPACE/NAME, as tools of the cluster write a pod or a service
  select h.host, o.address
  from hosts as h
  inner join raw.cluster_objects as o on h.host = o.namespace || '/' || o.name
  where o.kind = 'Service' or o.kind = 'Pod' and not o.host_network
),
named as (
  select host, min(address) as address
  from found
  where address is not null
  group by host
  having count(distinct address) = 1
)
select
  a.address_id as raw_id,
  min(a.address_id) over (partition by coalesce(n.address, a.address)) as address_id,
  coalesce(n.address, a.address) as address
from raw.addresses as a
left join named as n on n.host = a.address
