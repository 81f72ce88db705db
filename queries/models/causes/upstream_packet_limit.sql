-- ---
-- title: Packet limit towards the VPC resolver
-- description: >
--   One row; whether more packets a second went to the upstream resolver than an EC2 network interface lets through. Confirmed when the losses come
--   with the excess and hardly without; likely when the limit was passed and something was lost.
-- kind: fault
-- from: [work.evidence, work.upstream_rates]
-- params:
--   least: {default: 10, description: losses in seconds above the limit that it takes}
-- change:
--   - "Send fewer: ndots:1 or trailing dots for external names, a longer cache, NodeLocal DNSCache; spread CoreDNS over more nodes (the limit is per network interface)."
-- collect:
--   - "ethtool -S eth0 | grep linklocal_allowance_exceeded   # on CoreDNS's node"
--   - "tcpdump -i any -w node.pcap port 53   # on CoreDNS's node"
-- look: [servers/upstreams, traffic/rates]
-- ---
with rates as (
  select
    coalesce(max(rate), 0) as most,
    count(*) filter (where rate > $packets_a_second) as sent_above,
    count(*) filter (where rate > $packets_a_second and lost) as lost_above,
    count(*) filter (where rate <= 0.9 * $packets_a_second) as sent_below,
    count(*) filter (where rate <= 0.9 * $packets_a_second and lost) as lost_below
  from work.upstream_rates
)
select
  case
    when sent_above > 0 and lost_above >= $least and lost_below * sent_above <= 0.25 * lost_above * greatest(sent_below, 1) then 'confirmed'
    when sent_above > 0 and lost_above >= $least then 'likely'
    when sent_above > 0 then 'possible'
    when upstream_queries > 0 then 'ruled_out'
    else 'no_evidence'
  end as verdict,
  case
    when sent_above > 0 then format(
      'up to {} a second went to the upstream; of those sent at more than {} a second {:.0f} % got no answer, of the others {:.1f} %',
      work.counted(most, 'packet', 'packets'), $packets_a_second, 100.0 * lost_above / sent_above, 100.0 * lost_below / greatest(sent_below, 1))
    when upstream_queries > 0 then format('at most {} a second went to the upstream, of {} that may', work.counted(most, 'packet', 'packets'), $packets_a_second)
    else 'no capture shows queries to upstreams'
  end as summary,
  []::VARCHAR[] as findings
from work.evidence cross join rates
