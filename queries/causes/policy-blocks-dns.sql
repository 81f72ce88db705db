-- ---
-- title: Network policy without a rule for DNS
-- description: >
--   A NetworkPolicy isolates pods and no rule of it, or of another that selects them, lets UDP through to the DNS
--   servers' port: a default-deny for egress without a rule for DNS, or one for ingress around the servers. Confirmed
--   when such a policy stands in the cluster's objects, queries of the pods that it cuts off never reached a server and
--   none was answered, while others' were or theirs had been before it was made; likely where how far queries go is not
--   seen, or nobody else asked; possible from objects alone. Whatever cannot be decided (labels that nobody carries,
--   named ports, a cache on the node) may let through. What Cilium, Calico and administrators' policies say is not
--   read.
-- kind: fault
-- hits: clients
-- precedence: 12
-- params:
--   least: {default: 3, unit: queries,
--     description: "lost queries of pods that a policy cuts off that it takes, and answers before it was made",
--     source: "one or two are lost by chance in any capture of an hour"}
--   enough: {default: 3, unit: queries,
--     description: queries of others meanwhile that it takes to say that those went well,
--     source: "chosen: a pod that starts asks more"}
-- change:
--   - when: not around_servers or around_clients
--     say: "Let UDP and TCP of the DNS port out to the cluster's DNS pods from each namespace with a default-deny
--       (dnslens fix policy-blocks-dns)."
--   - when: not around_servers or around_clients
--     say: "Policies see the port of the server's pod, which is not 53 everywhere (5353 on OpenShift)."
--   - when: around_servers
--     say: "Let UDP and TCP of the DNS port in to the cluster's DNS pods from all namespaces (dnslens fix
--       policy-blocks-dns writes it)."
--   - "Where pods ask a cache on the node (NodeLocal DNSCache), let its address through as well: an ipBlock of
--       169.254.20.10/32."
-- collect:
--   - "kubectl get networkpolicies,pods,svc,endpointslices -A -o json > objects.json"
--   - "tcpdump -i any -w NODE.pcap port 53 or icmp or icmp6   # on the client's node and on the server's, at the same
--       time"
-- look: [timeouts/unanswered, evidence/legs]
-- panels: [queries lost on the way to, no answer seen from]
-- ---

-- --- signs
select
  w.transaction_id,
  -- what is open as the evidence ends may still be answered
  if(w.state = 'unanswered', 'shown', 'fits') as strength,
  'its pod has no way to DNS over UDP, by ' || work.some_of(p.policies) as reason
from work.waits as w
inner join work.policy_losses as p on p.transaction_id = w.transaction_id
where w.state <> 'answered';

-- --- numbers
with hit as (
  select
    count(*) as hit_pods,
    work.some_of(list(c.namespace || '/' || c.name order by c.lost desc, c.namespace, c.name)) as hit_names,
    list_sort(list_distinct(flatten(coalesce(list(c.policies), [])))) as hit_policies,
    coalesce(sum(c.lost), 0)::BIGINT as hit_lost,
    coalesce(sum(c.not_reached), 0)::BIGINT as not_reached,
    coalesce(sum(c.answered_before), 0)::BIGINT as answered_before,
    coalesce(strftime(make_timestamp_ns(nullif(max(c.since_ns), 0)), '%Y-%m-%d %H:%M:%S'), '') as since,
    coalesce(max(c.others_asked), 0)::BIGINT as others_asked,
    coalesce(max(c.others_lost), 0)::BIGINT as others_lost
  from work.policy_clients as c
  where c.hit
),
-- pods whose queries went through all the same
passed as (
  select
    count(*) as passed_pods,
    work.some_of(list(c.namespace || '/' || c.name order by c.answered desc, c.namespace, c.name)) as passed_names,
    work.some_of(list_sort(list_distinct(flatten(coalesce(list(c.policies), []))))) as passed_policies,
    len(list_distinct(flatten(coalesce(list(c.policies), [])))) as passed_policy_count,
    coalesce(sum(c.answered), 0)::BIGINT as passed_answered
  from work.policy_clients as c
  where c.answered > 0
),
cut as (
  select distinct p.namespace, p.name, p.policies
  from work.policy_pods as p
  where p.state = 'blocked'
    and not exists (
      select 1
      from work.policy_clients as c
      where c.namespace = p.namespace and c.name = p.name and (c.lost > 0 or c.answered > 0)
    )
),
unseen as (
  select
    count(*) as cut_pods,
    work.some_of(list(namespace || '/' || name order by namespace, name)) as cut_names,
    list_sort(list_distinct(flatten(coalesce(list(policies), [])))) as cut_policies
  from cut
),
others as (
  select
    coalesce(sum(objects), 0)::BIGINT as other_objects,
    coalesce(string_agg(work.counted(objects, kind || ' object', kind || ' objects'), ', ' order by kind), '')
      as other_kinds
  from
    (
      select kind, count(distinct (namespace, name)) as objects
      from raw.network_policies
      where direction is null or namespace is null
      group by kind
    ) as k
),
clients as (
  select
    t.client_id,
    max(t.asked_ns) filter (where t.state = 'answered') as last_ns,
    list(t.asked_ns) filter (where t.state = 'unanswered') as lost_ns
  from work.judged_transactions as t
  where not t.from_forwarder and t.state <> 'unknown'
  group by t.client_id
),
silent as (
  select
    count(*) filter (
      where case when last_ns is null then len(lost_ns) > 0 else lost_last >= $least end
    ) as silent_clients,
    -- too few to say that they were cut off, and none answered after them that would say they were not
    count(*) filter (where lost_last between 1 and $least - 1) as doubtful_clients
  from (select *, len(list_filter(lost_ns, lambda ns: ns > last_ns)) as lost_last from clients) as c
),
losers as (
  select count(distinct l.client_id) as losers_not_open
  from work.losses as l
  inner join work.address_ids as i on i.raw_id = l.client_id
  where i.address not in (select p.address from work.policy_pods as p where p.state = 'open')
),
-- who asks over UDP only, where an answer does not fit
tcp as (
  select
    count(distinct (p.namespace, p.name)) as tcp_pods,
    work.some_of(list(distinct p.namespace || '/' || p.name order by p.namespace || '/' || p.name)) as tcp_names,
    count(t.transaction_id) as tcp_truncated
  from work.policy_pods as p
  inner join work.address_ids as i on i.address = p.address
  inner join work.judged_transactions as t on t.client_id = i.raw_id
  where p.state <> 'blocked'
    and p.tcp_state = 'blocked'
    and t.state = 'answered'
    and t.protocol = 0
    and work.is_truncated(t.answer_flags)
),
rules as (
  select distinct r.namespace, r.direction, r.pod_selector
  from raw.network_policies as r
  inner join work.policy_pods as p on list_contains(p.policies, r.namespace || '/' || r.name)
  where p.state = 'blocked' and (r.direction = 'egress' and p.by_egress or r.direction = 'ingress' and p.by_ingress)
),
servers as (
  select
    count(*) as servers,
    any_value(namespace) as dns_namespace,
    any_value(selector) as dns_selector,
    coalesce(list(distinct port order by port) filter (where port is not null), []) as dns_ports
  from work.dns_endpoints
),
counts as (
  select
    count(distinct (namespace, name)) filter (where state = 'open') as open_pods,
    count(distinct (namespace, name)) filter (where state = 'undecided') as undecided_pods
  from work.policy_pods
)
select
  hit.* replace (work.some_of(hit.hit_policies) as hit_policies),
  len(hit.hit_policies) as hit_policy_count,
  passed.*,
  unseen.* replace (work.some_of(unseen.cut_policies) as cut_policies),
  len(unseen.cut_policies) as cut_policy_count,
  others.*,
  silent.silent_clients,
  silent.doubtful_clients,
  losers.losers_not_open,
  tcp.*,
  counts.*,
  servers.servers,
  array_to_string(servers.dns_ports, ', ') as dns_port,
  (
    select count(distinct (n.namespace, n.name))
    from raw.network_policies as n
    where n.direction is not null
  ) as policies,
  -- plugins with policies of their own, which nobody may have asked for
  (
    select count(distinct o.owner)
    from raw.cluster_objects as o
    where o.kind = 'Pod' and regexp_matches(o.owner, '^(cilium|calico-node|antrea-agent)$')
  ) as own_kinds,
  (
    select coalesce(list(to_json(struct_pack(
      namespace := r.namespace,
      direction := r.direction,
      selector := r.pod_selector,
      dns_namespace := servers.dns_namespace,
      dns_selector := servers.dns_selector,
      ports := servers.dns_ports
    ))::VARCHAR order by r.namespace, r.direction, r.pod_selector), [])
    from rules as r
  ) as missing_rules,
  (select coalesce(bool_or(x.by_egress), false) from work.policy_pods as x where x.state = 'blocked') as around_clients,
  (
    select coalesce(bool_or(x.by_ingress), false)
    from work.policy_pods as x
    where x.state = 'blocked'
  ) as around_servers,
  evidence.judged,
  (select count(*) from work.losses) as losses
from work.evidence
cross join hit
cross join passed
cross join unseen
cross join others
cross join silent
cross join losers
cross join tcp cross join servers cross join counts;

-- --- rules
-- cut-off:
--   when: hit_lost >= $least and not_reached >= $least and others_asked >= $enough
--   verdict: confirmed
--   say: "{hit_policies} {hit_policy_count?leaves|leave} {hit_pods|pod|pods} no way to DNS over UDP ({hit_names}):
--     {not_reached|query|queries} of {hit_pods?it|them} never reached a server and none was answered, while other
--     clients lost {others_lost} of {others_asked|query|queries}"
-- cut-off-since-then:
--   when: hit_lost >= $least and not_reached >= $least and answered_before >= $least
--   verdict: confirmed
--   say: "{hit_policies} {hit_policy_count?leaves|leave} {hit_pods|pod|pods} no way to DNS over UDP ({hit_names}):
--     since {hit_policy_count?it was|the last was} made at {since} {not_reached|query|queries} never reached a server
--     and none was answered; before, {answered_before} {answered_before?was|were}"
-- never-reached:
--   when: hit_lost >= $least and not_reached >= $least
--   verdict: likely
--   say: "{hit_policies} {hit_policy_count?leaves|leave} {hit_pods|pod|pods} no way to DNS over UDP ({hit_names}):
--     {not_reached|query|queries} of {hit_pods?it|them} never reached a server and none was answered; nobody else asked
--     meanwhile"
-- none-answered:
--   when: hit_lost >= $least
--   verdict: likely
--   say: "{hit_policies} {hit_policy_count?leaves|leave} {hit_pods|pod|pods} no way to DNS over UDP ({hit_names}), and
--     none of {hit_lost|query|queries} was answered; how far they came this evidence does not show"
-- few-lost:
--   when: hit_lost > 0
--   verdict: possible
--   say: "{hit_policies} {hit_policy_count?leaves|leave} {hit_pods|pod|pods} no way to DNS over UDP ({hit_names}), and
--     {hit_lost|query was|queries were} not answered"
-- not-enforced:
--   when: passed_pods > 0
--   verdict: ruled_out
--   say: "{passed_policies} would leave {passed_pods|pod|pods} no way to DNS over UDP ({passed_names}), and
--     {passed_answered|query|queries} of {passed_pods?it|them} {passed_answered?was|were} answered: nothing enforces
--     {passed_policy_count?it|them} here"
-- cut-off-in-objects:
--   when: cut_pods > 0
--   verdict: possible
--   say: "{cut_policies} {cut_policy_count?leaves|leave} {cut_pods|pod|pods} no way to DNS over UDP ({cut_names}),
--     where the network plugin enforces policies; what becomes of {cut_pods?its|their} queries this evidence does not
--     show"
-- all-answered:
--   when: judged > 0 and silent_clients = 0 and doubtful_clients = 0
--   verdict: ruled_out
--   say: "every client that asked was answered, also after what it lost"
-- none-blocks:
--   when: policies > 0 and servers > 0 and open_pods > 0 and other_objects = 0 and own_kinds = 0 and (judged = 0
--     and undecided_pods = 0 or judged > 0 and losers_not_open = 0)
--   verdict: ruled_out
--   say: "none of {policies|NetworkPolicy object|NetworkPolicy objects} stands between {open_pods|pod|pods} and DNS"
-- others-not-judged:
--   when: other_objects > 0
--   verdict: no_evidence
--   say: "{other_kinds} {other_objects?is|are} not judged: what {other_objects?it lets|they let} through is not read"
-- not-decided:
--   when: undecided_pods > 0
--   verdict: no_evidence
--   say: "whether {policies|NetworkPolicy object lets|NetworkPolicy objects let} {undecided_pods|pod|pods} ask DNS
--     cannot be told from the labels and addresses in this evidence"
-- pods-not-seen:
--   when: policies > 0
--   verdict: no_evidence
--   say: "there {policies?is|are} {policies|NetworkPolicy object|NetworkPolicy objects}, and whom {policies?it
--     cuts|they cut} off this evidence does not tell"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no network policy is in this evidence"

-- --- findings
-- - when: hit_pods > 0 and dns_port <> ''
--   say: "policies see the port of the DNS servers' pods: {dns_port}"
-- - when: hit_pods > 0 and other_objects > 0 or cut_pods > 0 and other_objects > 0
--   say: "{other_kinds} {other_objects?is|are} not judged, and may let more through"
-- - when: passed_pods > 0 and hit_pods > 0
--   say: "{passed_names} would be cut off as well, and {passed_answered|query|queries} of {passed_pods?it|them}
--     {passed_answered?was|were} answered"
-- - when: tcp_truncated > 0
--   say: "{tcp_pods|pod has|pods have} a way to DNS over UDP and none over TCP ({tcp_names}), and
--     {tcp_truncated|answer|answers} came truncated: {tcp_truncated?it|they} cannot be asked for again"

-- --- fix
-- - title: Let the pods that are cut off ask the cluster's DNS
--   allow_dns: missing_rules
--   risk: It opens DNS alone, of pods that a policy isolates already, and isolates no other; names asked of DNS are a
--     way out for data. GitOps may take it away again, so put it beside the policy that lacks it.
