-- ---
-- title: Overlay packets dropped for their checksum
-- description: >
--   A node drops packets of the overlay (VXLAN, Geneve) for a bad UDP checksum, so that servers on other nodes stay
--   silent while those of the client's own node answer. Confirmed by the kernel's own line together with such losses;
--   likely by the line alone. Checksums in a capture prove nothing: the sender's card fills them in later.
-- kind: fault
-- hits: clients
-- precedence: 19
-- params:
--   least: {default: 3, unit: queries, description: queries to servers on other nodes without an answer that it takes,
--     source: "one or two are lost by chance in any capture of an hour"}
--   enough: {default: 20, unit: queries,
--     description: "queries to other nodes, or answers in all, from which on their fate says something",
--     source: "chosen: a pod that starts asks as many"}
--   lost_share: {default: 0.5, unit: share, description: share of the queries to other nodes that must be lost,
--     source: "a wrong checksum is wrong in every packet; half leaves room for nodes that are not hit"}
-- change:
--   - "Turn the overlay interface's checksum offload off on every node: ethtool -K flannel.1 tx-checksum-ip-generic
--       off."
--   - "The interface is that of your network plugin: vxlan.calico, geneve_sys_6081. Then update kernel or plugin."
-- collect:
--   - "dmesg -T | grep -E 'bad checksum|nf_conntrack' > dmesg.log   # on the nodes of the servers and of the clients"
--   - "kubectl get pods,svc,endpointslices,nodes -A -o json > objects.json"
-- look: [timeouts/unanswered]
-- panels: [queries lost on the way to, replies lost from, no answer seen from]
-- ---

-- --- signs
with kernel as (
  select count(*) as places, min(from_ns) as from_ns, max(until_ns) as until_ns, bool_or(untimed) as untimed
  from work.overlay_drops
  where of_overlay
)
select
  w.transaction_id,
  'shown' as strength,
  'its server is on another node, and the kernel drops packets between nodes for a bad checksum' as reason
from work.waits as w
inner join work.overlay_ways as o on o.transaction_id = w.transaction_id
cross join kernel as k
where k.places > 0 and w.state = 'unanswered' and not o.same_node
  and (k.untimed or w.asked_ns between k.from_ns - work.ns($wait_seconds) and k.until_ns + work.ns($wait_seconds));

-- --- numbers
with ways as (
  select
    count(*) filter (where not same_node) as remote,
    count(*) filter (where not same_node and state = 'unanswered') as remote_lost,
    count(*) filter (where same_node) as near,
    count(*) filter (where same_node and state = 'unanswered') as near_lost
  from work.overlay_ways
),
dropped as (
  select
    coalesce(sum(packets) filter (where of_overlay), 0)::BIGINT as dropped,
    coalesce(sum(packets) filter (where not of_overlay), 0)::BIGINT as others_dropped,
    coalesce(
      list(
        work.counted(packets, 'packet', 'packets')
        || ' to '
        || host
        || ', port '
        || port
        order by packets desc, host, port
      ) filter (where of_overlay),
      []
    ) as by_place
  from work.overlay_drops
)
select d.*, w.*, e.judged, (select count(*) from work.losses) as losses
from work.evidence as e cross join dropped as d cross join ways as w;

-- --- rules
-- said-and-seen:
--   when: dropped > 0 and signs > 0 and remote_lost >= $least and remote_lost >= $lost_share * remote and near_lost = 0
--   verdict: confirmed
--   say: "the kernel dropped {dropped|packet|packets} of the overlay for a bad UDP checksum; {remote_lost} of
--     {remote|query|queries} to servers on other nodes got no answer"
-- said:
--   when: dropped > 0 and (judged = 0 or losses > 0)
--   verdict: likely
--   say: "the kernel dropped {dropped|packet|packets} of the overlay for a bad UDP checksum"
-- said-and-nothing-lost:
--   when: dropped > 0
--   verdict: possible
--   say: "the kernel dropped {dropped|packet|packets} of the overlay for a bad UDP checksum; no DNS query is seen to be
--     lost"
-- only-the-same-node:
--   when: remote_lost >= $enough and remote_lost = remote and near >= $least and near_lost = 0
--   verdict: possible
--   say: "servers of the client's own node answer, and none of {remote|query|queries} to servers on other nodes was
--     answered: the overlay, its port (8472, 4789, 6081) or a policy between nodes"
-- others-said:
--   when: others_dropped > 0
--   verdict: no_evidence
--   say: "the kernel dropped {others_dropped|UDP packet|UDP packets} for a bad checksum, none of them of an overlay"
-- other-nodes-answer:
--   when: remote >= $enough and remote_lost = 0
--   verdict: ruled_out
--   say: "servers on other nodes answered all of {remote|query|queries}"
-- nothing-lost:
--   when: judged >= $enough and losses = 0
--   verdict: ruled_out
--   say: "every query whose end this evidence shows was answered"
-- nodes-not-known:
--   when: judged > 0
--   verdict: no_evidence
--   say: "this evidence does not show which servers are on other nodes, nor what the kernel says"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "there is neither a line of the kernel's log nor a capture that shows enough answers"

-- --- findings
-- - each: by_place
-- - when: near > 0 and remote > 0
--   say: "of {near|query|queries} to servers of the client's own node {near_lost|was|were} lost"

-- --- fix
-- - title: Let the kernel make the overlay's checksums
--   shell: |
--     ip -d link show type vxlan; ip -d link show type geneve   # on each node: the overlay's interface
--     ethtool -K {{overlay_interface}} tx-checksum-ip-generic off   # on each node
--   risk: Some CPU for each packet; it is forgotten when the interface is made anew, so that the network plugin's own
--     setting is to follow.
