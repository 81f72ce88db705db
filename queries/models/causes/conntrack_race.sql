-- ---
-- title: Lost conntrack race
-- description: >
--   One row; whether twins sent from one socket lost a half because the kernel's conntrack table had no room for two packets of one new flow at once. Confirmed
--   when halves never reached a server while their twins did, and insert_failed and drop rose together; likely without the counters;
--   possible when it cannot be seen how far the lost halves went, or when clients with a socket a query lose as many; ruled out when no half was lost
--   beside a twin that was under way, or clashes were merged.
-- kind: fault
-- from: [work.evidence, work.race_losses, work.wire_twins]
-- params:
--   least: {default: 3, description: lost halves that it takes}
--   apart_ratio: {default: 0.25, description: how often a pair from two sockets at once may lose a half, as a share of how often the others do}
--   pair_share: {default: 0.25, description: "queries of pairs that were lost whole, as a share of the lost halves, up to which it can be a race: one of the two packets wins it"}
--   counter_share: {default: 0.5, description: share of the losses that insert_failed and drop must have risen by}
-- change:
--   - "Run NodeLocal DNSCache: its NOTRACK rules take pods' queries out of conntrack, and it asks CoreDNS over TCP."
--   - "For glibc: dnsConfig.options single-request-reopen (or single-request), so that A and AAAA do not leave one socket at once; musl has no such option."
--   - "Update the node's kernel: 5.0 and later merge most such clashes instead of dropping one."
-- collect:
--   - "while sleep 1; do date; conntrack -S; done > conntrack-S.log   # on the node"
--   - "tcpdump -i any -w node.pcap port 53   # on the node"
--   - "kubectl logs -n kube-system -l k8s-app=kube-dns --timestamps --prefix > coredns.log   # with the log plugin on"
-- look: [race/lost-halves, race/conntrack]
-- ---
with lost as (
  select
    count(*) filter (where query_reached_server = false) as short,
    count(*) filter (where query_reached_server = false and half and not apart_at_once) as halves,
    count(*) filter (where query_reached_server is null and half and not apart_at_once) as unclear,
    count(*) filter (where query_reached_server is not true and half and together) as together,
    count(*) filter (where query_reached_server = false and half and apart_at_once) as apart_lost,
    count(*) filter (where query_reached_server = false and pair) as of_pairs
  from work.race_losses
),
pairs as (
  select count(*) filter (where at_once and not one_socket) as apart, count(*) filter (where one_socket or not at_once) as shared
  from work.wire_twins
),
numbers as (
  select
    e.*,
    l.*,
    p.*,
    -- two packets of two sockets race for nothing: where those are lost as often, it is no race
    l.apart_lost = 0 or l.apart_lost * p.shared <= $apart_ratio * l.halves * p.apart as spares_two_sockets,
    e.insert_failed >= $counter_share * l.short and e.dropped >= $counter_share * l.short and e.insert_failed > 0 and e.dropped > 0 as counters_agree
  from work.evidence as e
  cross join lost as l
  cross join pairs as p
)
select
  case
    when together > 0 and halves >= $least and halves >= $race_half_share * short and spares_two_sockets and counters_agree then 'confirmed'
    when together > 0 and halves >= $least and halves >= $race_half_share * short and spares_two_sockets and of_pairs <= $pair_share * halves and not has_counters then 'likely'
    when together > 0 then 'possible'
    when halves + unclear >= $least then 'ruled_out'
    when halves + unclear > 0 then 'possible'
    when judged > 0 and (reach_known > 0 or short + unclear = 0) then 'ruled_out'
    when captures = 0 and insert_failed > 0 and dropped > 0 then 'possible'
    when captures = 0 and has_counters and insert_failed = 0 then 'ruled_out'
    else 'no_evidence'
  end as verdict,
  case
    when together = 0 and halves + unclear > 0 then work.counted(halves + unclear, 'half of an A/AAAA pair was', 'halves of A/AAAA pairs were') || ' lost, none while its twin was under way from the same socket'
    when halves > 0 then work.counted(halves, 'half of an A/AAAA pair left the client and never reached a server, though its twin', 'halves of A/AAAA pairs left the client and never reached a server, though their twins') || ' did'
    when unclear > 0 then work.counted(unclear, 'half of an A/AAAA pair got no answer; this evidence does not show where it was', 'halves of A/AAAA pairs got no answer; this evidence does not show where they were') || ' lost'
    when judged > 0 and insert_failed + clash_resolved > 0
      then format('absorbed: clashes were counted (insert_failed +{}, clash_resolve +{}), but no half of a pair was lost', insert_failed::BIGINT, clash_resolved::BIGINT)
    when judged > 0 then 'no half of an A/AAAA pair was lost on its way to a server'
    when insert_failed > 0 and dropped > 0
      then format('insert_failed rose by {} and drop by {}; without a capture it is open whether DNS was hit', insert_failed::BIGINT, dropped::BIGINT)
    when captures = 0 and has_counters then 'insert_failed did not rise'
    else 'there is neither a capture that shows answers nor a counter that moved'
  end as summary,
  list_filter([
    case when short > 0 then format('{} lost before the server, {} of a pair whose twin was answered', work.counted(short, 'query was', 'queries were'), work.counted(halves, 'of them half', 'of them halves')) end,
    case when has_counters then format('insert_failed rose by {}, drop by {}, clash_resolve by {}', insert_failed::BIGINT, dropped::BIGINT, clash_resolved::BIGINT) end,
    case when short > 0 and apart > 0 then format('of {} that left two sockets at once (as Go''s do) {} lost', work.counted(apart, 'pair', 'pairs'), work.counted(apart_lost, 'half was', 'halves were')) end
  ], x -> x is not null) as findings
from numbers
