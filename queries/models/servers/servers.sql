-- ---
-- title: Servers
-- description: >
--   One row per address that queries were sent to or answered from, with its role: nodelocal (a NodeLocal DNSCache
--   listens there), service (translated to others on the way), coredns (stands behind a service or has CoreDNS's
--   labels), upstream (only asked by other servers), else server; and its name: the namespace and name of its pod or
--   service, or its node.
-- from: [work.wire_transactions, work.address_ids, work.address_names, work.forwarders, raw.log_events,
--   raw.cluster_objects]
-- materialized: table
-- key: [server]
-- columns:
--   server: the address
--   role: nodelocal, service, coredns, upstream or server
--   name: namespace and name of its pod or service, or its node
--   queries: queries that were sent to it as clients address it
-- ---
with asked as (
  select
    server_id as address_id,
    count(*) as queries,
    bool_and(client_id in (select f.address_id from work.forwarders as f)) as only_by_servers,
    bool_or(answer_first_src_id <> server_id or last_dst_id <> server_id) as translated
  from work.wire_transactions
  group by server_id
),
behind as (
  select distinct unnest([answer_first_src_id, last_dst_id]) as address_id
  from work.wire_transactions
  where answer_first_src_id <> server_id or last_dst_id <> server_id
),
-- what each log says that its server listens on, without port and brackets
listening as (
  select source_id, event, regexp_replace(regexp_replace(upstream, ':\d+$', ''), '[\[\]]', '', 'g') as address
  from raw.log_events
  where upstream is not null and (event = 'listening' or starts_with(event, 'nodelocal-rule'))
),
nodelocal as (
  select distinct address
  from listening
  where source_id in (
    select source_id from listening where starts_with(event, 'nodelocal-rule') or starts_with(address, '169.254.')
  )
),
objects as (
  select
    address,
    bool_or(kind = 'Service') as is_service,
    bool_or(kind = 'Pod' and work.of_coredns(labels)) as is_coredns,
    bool_or(kind = 'Pod' and work.of_node_cache(labels) and not host_network) as is_nodelocal,
    min(node) filter (where kind = 'Pod') as node
  from raw.cluster_objects
  where address is not null and not host_network
  group by address
)
select
  address.address as server,
  case
    when address.address in (select n.address from nodelocal as n) or objects.is_nodelocal then 'nodelocal'
    -- 169.254.169.253 and .254 are the clouds' own resolvers
    when starts_with(address.address, '169.254.') and not starts_with(address.address, '169.254.169.25')
      then 'nodelocal'
    when objects.is_service or asked.translated then 'service'
    when behind.address_id is not null or objects.is_coredns then 'coredns'
    when asked.only_by_servers then 'upstream'
    else 'server'
  end as role,
  labels.name,
  objects.node,
  coalesce(asked.queries, 0) as queries
from (select address_id from asked union select address_id from behind) as known
inner join work.address_ids as address on address.raw_id = known.address_id
left join asked on asked.address_id = known.address_id
left join behind on behind.address_id = known.address_id
left join objects on objects.address = address.address
left join work.address_names as labels on labels.address = address.address
where known.address_id is not null
