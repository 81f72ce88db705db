-- ---
-- title: The workloads that a cause hit, as a change of their resolver needs them
-- description: One row per client that a cause hit; whose pod it is, and how its resolver is set.
-- kind: detail
-- requires: [lookups]
-- params:
--   cause: {type: text, default: null, description: the cause}
-- narrow: [namespace, workload, owner_kind, resolver, lookups, wasted_queries]
-- columns:
--   client: address of the client
--   namespace: its namespace
--   workload: the workload that its pod belongs to
--   owner_kind: kind of the pod's owner, such as ReplicaSet
--   resolver: which resolver it seems to be
--   options: options of its resolv.conf
--   search_list: suffixes of its search list
--   nameservers: its nameservers
--   lookups: slow and failed lookups of it that are blamed on the cause
--   wasted_queries: queries that its search list made
-- ---
with listed as (
  select u.label
  from causes as c
  cross join unnest(c.clients) as u (label)
  where c.cause = $cause::varchar
),
shown as (
  select distinct k.client
  from listed as l
  inner join clients as k on l.label = k.client or strpos(l.label, '(' || k.client || ')') > 0
),
owners as (
  select namespace, name, max(owner_kind) as owner_kind
  from cluster_objects
  where kind = 'Pod'
  group by namespace, name
),
sums as (
  select client, count_if(cause = $cause::varchar) as lookups, sum(wasted_queries) as wasted_queries
  from lookups
  group by client
)
select
  k.client,
  k.namespace,
  k.workload,
  o.owner_kind,
  k.resolver,
  k.options,
  k.search_list,
  k.nameservers,
  coalesce(s.lookups, 0) as lookups,
  coalesce(s.wasted_queries, 0) as wasted_queries
from clients as k
left join owners as o on o.namespace = k.namespace and o.name = k.pod
left join sums as s on s.client = k.client
left join shown as w on w.client = k.client
where not k.is_forwarder and (s.lookups > 0 or w.client is not null)
order by k.namespace, k.workload, k.client
