-- ---
-- title: NodeLocal cache bypassed
-- description: >
--   One row; whether a NodeLocal cache answers on this node and some clients ask the service address past it. Confirmed when both are on the wire; ruled out where the cache owns
--   the service address too, or all clients seen use it.
-- kind: cost
-- from: [work.evidence, work.judged_transactions, work.address_ids, work.address_names, raw.log_events, raw.corefiles]
-- params:
--   least: {default: 5, description: queries past the cache that it takes}
-- change:
--   - "Point the pods at the cache: kubelet's clusterDNS (--cluster-dns=169.254.20.10) and a restart of the pods, or run NodeLocal so that it owns the service address too."
-- collect:
--   - "kubectl exec POD -- cat /etc/resolv.conf   # for each client"
--   - "tcpdump -i any -w node.pcap port 53   # on the node"
-- look: [cache/nodelocal, config/nodelocal]
-- ---
with servers as (
  select
    t.server_id,
    a.address,
    count(*) as queries,
    count(distinct t.client_id) as clients,
    count(*) filter (where t.answer_first_src_id <> t.server_id) as passed_on,
    count(*) filter (where t.answer_first_src_id = t.server_id) as answered_itself
  from work.judged_transactions as t
  inner join work.address_ids as a on a.raw_id = t.server_id
  where not t.from_forwarder
  group by t.server_id, a.address
),
caches as (
  select * from servers
  where answered_itself > 0 and passed_on = 0 and (starts_with(address, '169.254.') or starts_with(address, 'fe80:') or starts_with(address, 'fd00:'))
),
bypass as (
  select t.client_id, n.label, count(*) as queries
  from work.judged_transactions as t
  inner join work.address_names as n on n.address_id = t.client_id
  where not t.from_forwarder and t.answer_first_src_id <> t.server_id
  group by t.client_id, n.label
  having count(*) >= $least
),
hints as (
  select
    (select count(*) from raw.log_events where event like 'nodelocal%') as events,
    (select count(*) from raw.corefiles where plugin = 'bind' and arguments like '%169.254.%') as binds
),
numbers as (
  select
    e.*,
    (select count(*) from caches) as caches,
    (select string_agg(address, ', ' order by address) from caches) as cache_addresses,
    (select count(*) from bypass) as bypassing,
    (select coalesce(sum(queries), 0) from bypass) as past_it,
    (select string_agg(label, ', ' order by label) from bypass) as who,
    (select count(*) from servers where passed_on > 0) as services,
    h.events + h.binds as hints
  from work.evidence as e cross join hints as h
)
select
  case
    when caches > 0 and bypassing > 0 then 'confirmed'
    when caches > 0 and clients > 1 then 'ruled_out'
    when caches > 0 then 'no_evidence'
    when hints > 0 and services > 0 and clients > 1 then 'possible'
    when hints > 0 and judged = 0 then 'no_evidence'
    when hints > 0 and services = 0 then 'ruled_out'
    when judged > 0 and clients > 1 then 'ruled_out'
    else 'no_evidence'
  end as verdict,
  case
    when caches > 0 and bypassing > 0 then format('{} sent {} to the service address past the cache at {}', who, work.counted(past_it, 'query', 'queries'), cache_addresses)
    when caches > 0 and clients > 1 then format('all {} clients seen ask the cache at {}', clients, cache_addresses)
    when caches > 0 then 'the cache answers the only client in this evidence; of the others nothing is known'
    when hints > 0 and services > 0 then 'a NodeLocal cache is configured, and clients'' queries are passed on to CoreDNS'
    when hints > 0 and judged > 0 and services = 0 then 'the cache owns the address that the clients ask; nobody goes past it'
    when judged > 0 and clients > 1 then 'there is no NodeLocal cache in this evidence'
    else 'this evidence does not show which clients use a cache'
  end as summary,
  (select coalesce(list(label || ': ' || work.counted(queries, 'query', 'queries') order by queries desc), []) from bypass where (select count(*) from caches) > 0) as findings
from numbers
