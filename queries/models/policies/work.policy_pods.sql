-- ---
-- title: Pods and what network policies leave them of DNS
-- description: >
--   One row per address of a pod that is no server of DNS itself, with what NetworkPolicies leave it
--   (work.policy_ways): state for UDP and tcp_state; by which policies, and by which direction of them.
-- from: [work.policy_ways, work.pods, work.dns_endpoints]
-- materialized: table
-- ---
select
  p.namespace,
  p.name,
  unnest(p.addresses) as address,
  w.state,
  t.state as tcp_state,
  w.since_ns,
  w.policies,
  w.by_egress,
  w.by_ingress
from work.pods as p
inner join work.policy_ways as w
  on w.namespace = p.namespace
    and w.labels is not distinct from p.labels
    and w.source_id = p.source_id
    and w.protocol = 'UDP'
inner join work.policy_ways as t
  on t.namespace = p.namespace
    and t.labels is not distinct from p.labels
    and t.source_id = p.source_id
    and t.protocol = 'TCP'
where not exists (select 1 from work.dns_endpoints as d where list_contains(p.addresses, d.address))
