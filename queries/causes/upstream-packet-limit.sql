-- ---
-- title: Packet limit towards the VPC resolver
-- description: >
--   More packets a second went to the upstream resolver than an EC2 network interface lets through. Confirmed when the
--   losses come with the excess and hardly without, or when the interface itself counted what it dropped meanwhile;
--   likely when the limit was passed and something was lost, or from the interface's counter alone, which other
--   services of the VPC share; possible where that counter was read once.
-- kind: fault
-- hits: names
-- precedence: 60
-- params:
--   least: {default: 10, unit: queries, description: losses in seconds above the limit that it takes,
--     source: "chosen: a silent upstream loses as many in a second of any load"}
--   below_share: {default: 0.9, unit: share, description: share of the limit up to which a second counts as below it,
--     source: "packets that are no DNS count to the limit and are not in the capture"}
--   below_ratio: {default: 0.25, unit: ratio,
--     description: "how often a query may be lost below the limit, as a share of how often above",
--     source: "chosen: a quarter leaves room for other losses"}
-- change:
--   - "Spread CoreDNS over more nodes (the limit is per network interface), and cache longer, so that fewer queries go
--       upstream."
--   - {what_if: trailing-dot,
--       say: "Send fewer: trailing dots for external names, or a lower ndots (dnslens what-if --ndots N says what it
--         would break)."}
--   - {what_if: nodelocal, say: "Send fewer: NodeLocal DNSCache answers what is asked again on the node."}
-- collect:
--   - "while sleep 5; do date; ethtool -S eth0 | grep allowance; done > ethtool.log   # on CoreDNS's node"
--   - "tcpdump -i any -w node.pcap port 53   # on CoreDNS's node"
-- look: [servers/upstreams, traffic/rates, counters/trouble]
-- panels: [most packets in a second to upstreams, unanswered by upstream]
-- ---

-- --- signs
select
  transaction_id,
  'shown' as strength,
  format(
    '{} did not answer while more packets a second went its way than an interface may send ({:,})',
    upstream,
    upstream_rate
  ) as reason
from work.waits
where upstream_lost > 0 and upstream_rate > $packets_a_second;

-- --- numbers
with rates as (
  select
    coalesce(max(rate), 0) as most,
    count(*) filter (where rate > $packets_a_second) as sent_above,
    count(*) filter (where rate > $packets_a_second and lost) as lost_above,
    count(*) filter (where rate <= $below_share * $packets_a_second) as sent_below,
    count(*) filter (where rate <= $below_share * $packets_a_second and lost) as lost_below
  from work.upstream_rates
)
select
  r.*,
  r.lost_above / greatest(r.sent_above, 1) as lost_above_share,
  r.lost_below / greatest(r.sent_below, 1) as lost_below_share,
  c.linklocal_rise,
  c.linklocal_total,
  c.linklocal_compared,
  c.linklocal_at,
  e.upstream_queries
from work.evidence as e cross join rates as r cross join work.counter_facts as c;

-- --- rules
-- lost-with-the-excess:
--   when: lost_above >= $least and lost_below_share <= $below_ratio * lost_above_share
--   verdict: confirmed
--   say: "up to {most|packet|packets} a second went to the upstream; of those sent at more than {$packets_a_second} a
--     second {lost_above_share:%} got no answer, of the others {lost_below_share:%.1}"
-- counted-and-lost:
--   when: linklocal_rise > 0 and sent_above > 0 and lost_above > 0
--   verdict: confirmed
--   say: "the interface ({linklocal_at}) dropped {linklocal_rise|packet|packets} over its limit towards the VPC's
--     resolver, instance metadata and time service (linklocal_allowance_exceeded rose), and {lost_above|query|queries}
--     of those sent at more than {$packets_a_second} a second got no answer"
-- lost-above-and-below:
--   when: lost_above >= $least
--   verdict: likely
--   say: "up to {most|packet|packets} a second went to the upstream; of those sent at more than {$packets_a_second} a
--     second {lost_above_share:%} got no answer, of the others {lost_below_share:%.1}"
-- counted-by-the-interface:
--   when: linklocal_rise > 0
--   verdict: likely
--   say: "the interface ({linklocal_at}) dropped {linklocal_rise|packet|packets} over its limit towards the VPC's
--     resolver, instance metadata and time service, which share it (linklocal_allowance_exceeded rose)"
-- limit-passed:
--   when: sent_above > 0
--   verdict: possible
--   say: "up to {most|packet|packets} a second went to the upstream; of those sent at more than {$packets_a_second} a
--     second {lost_above_share:%} got no answer, of the others {lost_below_share:%.1}"
-- below-the-limit:
--   when: upstream_queries > 0
--   verdict: ruled_out
--   say: "at most {most|packet|packets} a second went to the upstream, of {$packets_a_second} that may"
-- counted-since-boot:
--   when: linklocal_total > 0
--   verdict: possible
--   say: "{linklocal_total|packet was|packets were} dropped over the limit of an interface towards the VPC's resolver,
--     instance metadata and time service since it was set up (linklocal_allowance_exceeded); one reading does not say
--     when"
-- counter-at-rest:
--   when: linklocal_compared
--   verdict: no_evidence
--   say: "linklocal_allowance_exceeded did not move on the interfaces that were read, and no capture shows enough
--     queries to upstreams; it has to be read on the nodes of CoreDNS"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no capture shows enough queries to upstreams"

-- --- fix
-- - nodelocal
-- - title: Spread what CoreDNS asks over more network interfaces
--   shell: |
--     kubectl -n {{service_namespace}} get pods -l k8s-app=kube-dns -o wide   # replicas on one node share its limit
--     kubectl -n {{service_namespace}} scale deployment {{dns_deployment}} --replicas={{replicas_more}}
--   risk: A DNS autoscaler may set the replicas back; replicas that come to lie on the same node bring nothing.
