-- ---
-- title: Clients that go past NodeLocal
-- description: >
--   One row per client that asks the service address although a NodeLocal DNSCache is there. Where NodeLocal owns the
--   service's address too (its rules, its log or answers from the node say so) no client goes past it.
-- kind: check
-- severity: medium
-- requires: [transactions]
-- narrow: [client, asked, queries, to_nodelocal, nodelocal, change]
-- columns:
--   client: address that asked
--   namespace: its namespace, if known
--   workload: its workload, if known
--   asked: service address that it asked
--   queries: transactions sent there
--   to_nodelocal: transactions that it sent to NodeLocal
--   nameservers: nameservers as configured, if known
--   nodelocal: address of NodeLocal, where one is known
--   change: what to change
-- ---
with known as (
  select server as address from servers where role = 'nodelocal'
  union
  select regexp_extract(upstream, '^(.*?)(:[0-9]+)?$', 1)
  from log_events
  where event = 'listening' and upstream like '169.254.%'
  union
  select regexp_extract(nameservers, '"(169[.]254[.][0-9.]+)"', 1)
  from resolver_configs
  where nameservers like '%"169.254.%'
  union
  select regexp_extract(arguments, '"(169[.]254[.][0-9.]+)"', 1)
  from corefiles
  where plugin = 'bind' and arguments like '%"169.254.%'
),
nodelocal as (
  select min(address) as address
  from known
  where address not like '169.254.169.25%' and address <> ''
  having count(*) > 0
),
asked as (
  select
    t.client,
    t.server,
    count(*) as queries
  from narrowed.transactions as t
  inner join servers as s on s.server = t.server and s.role = 'service'
  where not t.from_forwarder
  group by t.client, t.server
),
cached as (
  select t.client, count(*) as queries
  from transactions as t
  inner join servers as s on s.server = t.server and s.role = 'nodelocal'
  group by t.client
)
select
  a.client,
  c.namespace,
  c.workload,
  a.server as asked,
  a.queries,
  coalesce(d.queries, 0) as to_nodelocal,
  c.nameservers,
  n.address as nodelocal,
  'kubelet''s clusterDNS or the pod''s dnsConfig with nameserver '
  || n.address
  || ', then a restart of the pod' as change
from asked as a
cross join nodelocal as n
left join clients as c on c.client = a.client
left join cached as d on d.client = a.client
order by a.queries desc, a.client
