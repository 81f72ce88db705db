-- ---
-- title: NodeLocal cache bypassed
-- description: >
--   A NodeLocal cache answers on this node and some clients ask the service address past it. Confirmed when both are on
--   the wire; ruled out where the cache owns the service address too, or all clients seen use it.
-- kind: cost
-- hits: clients
-- precedence: 120
-- params:
--   least: {default: 5, unit: queries, description: "queries of a client past the cache that it takes",
--     source: "chosen: a pod that starts before the cache asks a few"}
-- change:
--   - "Point the pods at the cache: kubelet's clusterDNS (--cluster-dns=169.254.20.10), then restart the pods."
--   - "Or run NodeLocal so that it owns the service address too."
-- collect:
--   - "kubectl exec POD -- cat /etc/resolv.conf   # for each client"
--   - "tcpdump -i any -w node.pcap port 53   # on the node"
-- look: [cache/nodelocal, config/nodelocal]
-- ---

-- --- signs
select t.transaction_id, 'example' as strength, 'asked the service address' as reason
from work.judged_transactions as t
where not t.from_forwarder
  and t.answer_first_src_id <> t.server_id
  and (
    exists (select 1 from work.node_caches)
    or exists (select 1 from raw.log_events where event like 'nodelocal%')
    or exists (select 1 from raw.corefiles where plugin = 'bind' and arguments like '%169.254.%')
  );

-- --- numbers
with bypass as (
  select t.client_id, n.label, count(*) as queries
  from work.judged_transactions as t
  inner join work.address_names as n on n.address_id = t.client_id
  where not t.from_forwarder and t.answer_first_src_id <> t.server_id
  group by t.client_id, n.label
  having count(*) >= $least
),
past as (
  select
    count(*) as bypassing,
    coalesce(sum(queries), 0)::BIGINT as past_it,
    string_agg(label, ', ' order by label) as who,
    coalesce(list(label || ': ' || work.counted(queries, 'query', 'queries') order by queries desc), []) as by_client
  from bypass
),
caches as (
  select count(*) as caches, string_agg(address, ', ' order by address) as cache_addresses from work.node_caches
),
others as (
  select count(*) as elsewhere
  from work.judged_transactions
  where not from_forwarder and server_id not in (select c.server_id from work.node_caches as c)
),
services as (
  select count(distinct server_id) as services
  from work.judged_transactions
  where not from_forwarder and answer_first_src_id <> server_id
)
select
  caches.*,
  past.*,
  services.services,
  others.elsewhere,
  (select count(*) from raw.log_events where event like 'nodelocal%')
  + (select count(*) from raw.corefiles where plugin = 'bind' and arguments like '%169.254.%') as hints,
  evidence.clients,
  evidence.judged
from work.evidence cross join caches cross join past cross join services cross join others;

-- --- rules
-- past-the-cache:
--   when: caches > 0 and bypassing > 0
--   verdict: confirmed
--   say: "{who} sent {past_it|query|queries} to the service address past the cache at {cache_addresses}"
-- all-use-it:
--   when: caches > 0 and clients > 1 and elsewhere = 0
--   verdict: ruled_out
--   say: "all {clients} clients seen ask the cache at {cache_addresses}"
-- some-ask-others:
--   when: caches > 0 and elsewhere > 0
--   verdict: no_evidence
--   say: "{elsewhere|query went|queries went} to other addresses than the cache at {cache_addresses}; this evidence
--     does not show that of any client enough passed it"
-- one-client:
--   when: caches > 0
--   verdict: no_evidence
--   say: "the cache answers the only client in this evidence; of the others nothing is known"
-- configured-and-passed-on:
--   when: hints > 0 and services > 0 and clients > 1
--   verdict: possible
--   say: "a NodeLocal cache is configured, and clients' queries are passed on to CoreDNS"
-- wire-not-seen:
--   when: hints > 0 and judged = 0
--   verdict: no_evidence
--   say: "this evidence does not show which clients use a cache"
-- owns-the-address:
--   when: judged > 0 and hints > 0 and services = 0 and clients > 1
--   verdict: ruled_out
--   say: "the cache owns the address that the clients ask; nobody goes past it"
-- no-cache:
--   when: judged > 0 and clients > 1
--   verdict: ruled_out
--   say: "there is no NodeLocal cache in this evidence"
-- configured-for-one-client:
--   when: hints > 0
--   verdict: no_evidence
--   say: "a NodeLocal cache is configured; whether the clients of this evidence go past it is not shown"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "this evidence does not show which clients use a cache"

-- --- findings
-- - when: caches > 0
--   each: by_client

-- --- fix
-- - title: Let kubelet give pods the cache's address
--   shell: |
--     grep -n -A 2 clusterDNS /var/lib/kubelet/config.yaml   # on the node; put {{nodelocal}} in the place of {{service}} there
--     sed -i 's/^- {{service}}$/- {{nodelocal}}/' /var/lib/kubelet/config.yaml && systemctl restart kubelet   # on the node
--   risk: Only pods that start afterwards take it, so restart the workloads; a node that runs no cache has no DNS with
--     it. Clouds that make kubelet's configuration from a template need it there.
