-- ---
-- title: What changes need to know of the cluster
-- description: One row; addresses and names of the cluster's DNS, as far as this evidence tells them.
-- kind: detail
-- narrow: [service, service_namespace, domain, nodelocal, dns_deployment]
-- columns:
--   service: address of the DNS service
--   service_namespace: its namespace, or that of the DNS servers' pods
--   domain: the cluster's domain
--   nodelocal: address of NodeLocal DNSCache; the usual one where none is seen
--   dns_deployment: the Deployment of the DNS servers
--   replicas_wanted: at least two of them
--   replicas_more: one more than there are
--   table_max_doubled: twice the limit of the conntrack table
-- ---
with listed as (
  select u.suffix
  from clients as c
  cross join unnest(c.search_list) as u (suffix)
  where not c.is_forwarder and starts_with(u.suffix, 'svc.')
),
domains as (
  select substring(suffix, 5, length(suffix)) as domain, count(*) as clients
  from listed
  group by suffix
),
services as (
  select s.server as address, s.queries as weight
  from servers as s
  where s.role = 'service'
  union all
  select o.address, 0
  from cluster_objects as o
  where o.kind = 'Service'
    and o.role = 'cluster'
    and o.name in ('kube-dns', 'coredns', 'rke2-coredns-rke2-coredns', 'dns-default')
  union all
  select regexp_extract(c.nameservers, '"([0-9a-f.:]+)"', 1), -1
  from resolver_configs as c
  where c.nameservers not like '%"169.254.%' and c.owner is not null
),
chosen as (
  select max_by(address, row(weight, address)) as address
  from services
  where address <> ''
),
named as (
  select max(o.namespace) as namespace
  from cluster_objects as o
  inner join chosen as c on c.address = o.address
  where o.kind = 'Service'
),
pods as (
  select
    max(namespace) as namespace,
    count(distinct name) as pods,
    max(case when owner_kind = 'ReplicaSet' then regexp_extract(owner, '^(.+)-[a-z0-9]+$', 1) end) as deployment
  from cluster_objects
  where kind = 'Pod' and (labels like '%"k8s-app":"kube-dns"%' or labels like '%"k8s-app":"coredns"%')
),
caches as (
  select min(server) as address from servers where role = 'nodelocal'
),
tables as (
  select max(max_entries) as max_entries from conntrack_table
)
select
  chosen.address as service,
  coalesce(named.namespace, pods.namespace) as service_namespace,
  (select max_by(domain, row(clients, domain)) from domains) as domain,
  coalesce(caches.address, '169.254.20.10') as nodelocal,
  pods.deployment as dns_deployment,
  case when pods.pods > 2 then pods.pods else 2 end as replicas_wanted,
  case when pods.pods > 0 then pods.pods + 1 end as replicas_more,
  2 * tables.max_entries as table_max_doubled
from chosen
cross join named
cross join pods
cross join caches
cross join tables
