-- ---
-- title: DNS services without a ready server
-- description: One row per service of DNS (one with port 53, or kube-dns's) whose endpoints in kubectl's objects are
--   all not ready, or none.
-- from: [raw.cluster_objects]
-- materialized: table
-- ---
with endpoints as (
  select
    namespace,
    case kind when 'EndpointSlice' then coalesce(owner, name) else name end as service,
    address,
    phase,
    target,
    source_id,
    ports,
    labels
  from raw.cluster_objects
  where kind in ('Endpoints', 'EndpointSlice')
),
services as (
  select namespace, name, any_value(address) as address, any_value(ports) as ports, any_value(labels) as labels
  from raw.cluster_objects
  where kind = 'Service'
  group by namespace, name
),
summed as (
  select
    e.namespace,
    e.service,
    any_value(s.address) as address,
    bool_or(e.address is null and e.phase = 'not-ready') as has_unnamed,
    count(*) filter (where e.address is not null and e.phase is distinct from 'not-ready') as ready,
    coalesce(
      list(distinct coalesce(e.target || ' (' || e.address || ')', e.address)) filter (where e.address is not null), []
    ) as not_ready,
    bool_or(
      regexp_matches(coalesce(e.ports, '') || coalesce(s.ports, ''), '"port":53\b')
      or work.of_coredns(coalesce(e.labels, '') || coalesce(s.labels, ''))
      or work.of_node_cache(coalesce(e.labels, '') || coalesce(s.labels, ''))
      or e.service in ('kube-dns', 'coredns', 'dns-default')
    ) as is_dns
  from endpoints as e
  left join services as s on s.namespace is not distinct from e.namespace and s.name = e.service
  group by e.namespace, e.service
)
select
  namespace,
  service,
  address,
  coalesce(namespace || '/', '')
  || service
  || ' has no ready server in kubectl''s objects: '
  || case
    when len(not_ready) = 0 and has_unnamed then 'none of its endpoints is ready'
    when len(not_ready) = 0 then 'it has no endpoint'
    else work.some_of(list_sort(not_ready)) || case when len(not_ready) = 1 then ' is' else ' are' end || ' not ready'
  end as story
from summed
where is_dns and ready = 0
