-- ---
-- title: Lost conntrack race
-- description: >
--   An A/AAAA pair sent from one socket lost a query because two packets of one new flow raced for one entry of the
--   kernel's conntrack table. Confirmed when such queries never reached a server while the others of their pairs did,
--   and insert_failed and drop rose together; likely without the counters; possible when it cannot be seen how far the
--   lost queries went, or when clients with a socket for each query lose as many; ruled out when no query was lost
--   while the other of its pair was under way, or clashes were merged.
-- kind: fault
-- hits: clients
-- precedence: 50
-- params:
--   least: {default: 3, unit: queries, description: lost queries of A/AAAA pairs that it takes,
--     source: "chosen: one or two are lost by chance in any capture of an hour"}
--   pair_share: {default: 0.25, unit: share,
--     description: "queries of pairs that were lost whole, as a share of those lost alone, up to which it can be a
--       race",
--     source: "one of the two packets wins the race"}
--   counter_share: {default: 0.5, unit: share,
--     description: share of the losses that insert_failed and drop must have risen by,
--     source: "chosen: samples begin and end within the capture; half of the losses may lie outside"}
-- change:
--   - {what_if: nodelocal,
--       say: "Run NodeLocal DNSCache: its NOTRACK rules take pods' queries out of conntrack, and it asks CoreDNS over
--         TCP."}
--   - {what_if: single-request,
--       say: "For glibc: dnsConfig.options single-request-reopen (or single-request), so that A and AAAA do not leave
--         one socket at once; musl has no such option."}
--   - "Update the node's kernel: 5.0 and later merge most such clashes instead of dropping one."
-- collect:
--   - "while sleep 1; do date; conntrack -S; done > conntrack-S.log   # on the node"
--   - "tcpdump -i any -w node.pcap port 53   # on the node"
--   - "kubectl logs -n kube-system -l k8s-app=kube-dns --tail=-1 --timestamps --prefix > coredns.log   # with the log
--       plugin on"
-- look: [race/lost-halves, race/conntrack]
-- panels: [A/AAAA pairs that lost one half, conntrack insert_failed, conntrack drop]
-- ---

-- --- signs
select
  w.transaction_id,
  null as lookup_id,
  'shown' as strength,
  'it was lost on its way to the server'
  || case
    when l.half and l.one_socket then ', while the other query of the pair, from the same socket, was answered: '
    when l.half then ', while the other query of the pair was answered: '
    else ', as one query of many pairs was in this evidence: '
  end
  || work.lost_how(w.in_log, w.query_reached_server) as reason
from work.waits as w
cross join work.race_shape as a
left join work.race_losses as l on l.transaction_id = w.transaction_id
where w.state = 'unanswered' and not w.query_reached_server
  and a.together > 0 and not a.counters_still and (l.half or a.mostly_halves)
union all
select transaction_id, null, 'example', 'this query never reached a server'
from work.race_losses
where half and one_socket and lookup_id is null;

-- --- numbers
select
  l.*,
  l.halves + l.unclear as missing,
  e.has_counters,
  e.boot_insert_failed,
  e.boot_dropped,
  e.insert_failed::BIGINT as insert_failed,
  e.dropped::BIGINT as dropped,
  e.clash_resolved::BIGINT as clash_resolved,
  e.insert_failed >= $counter_share * l.short
  and e.dropped >= $counter_share * l.short
  and e.insert_failed > 0
  and e.dropped > 0 as counters_agree,
  e.captures,
  e.judged,
  e.reach_known,
  e.misses_frames
from work.evidence as e
cross join work.race_shape as l;

-- --- rules
-- counters-still:
--   when: counters_still and short + unclear > 0
--   verdict: ruled_out
--   say: "insert_failed did not rise while {short|query was|queries were} lost on the way to a server: no race was
--     lost"
-- counters-agree:
--   when: together > 0 and halves >= $least and halves >= $race_half_share * short and spares_two_sockets
--     and counters_agree
--   verdict: confirmed
--   say: "{halves|query was|queries were} lost between client and server while the other query of the A/AAAA pair got
--     through"
-- without-counters:
--   when: together > 0 and halves >= $least and halves >= $race_half_share * short and spares_two_sockets
--     and of_pairs <= $pair_share * halves and not has_counters and coalesce(boot_insert_failed > 0, true)
--   verdict: likely
--   say: "{halves|query was|queries were} lost between client and server while the other query of the A/AAAA pair got
--     through"
-- halves-lost:
--   when: together > 0 and halves > 0
--   verdict: possible
--   say: "{halves|query was|queries were} lost between client and server while the other query of the A/AAAA pair got
--     through"
-- halves-missing:
--   when: together > 0
--   verdict: possible
--   say: "{unclear|query|queries} of A/AAAA pairs got no answer, though the other query of the pair did; this evidence
--     does not show where {unclear?it was|they were} lost"
-- asked-one-by-one-counters-rose:
--   when: missing >= $least and counters_agree
--   verdict: possible
--   say: "{missing|query of an A/AAAA pair was|queries of A/AAAA pairs were} lost, none while the other was under way
--     from the same socket, but insert_failed and drop rose meanwhile"
-- asked-one-by-one:
--   when: missing >= $least
--   verdict: ruled_out
--   say: "{missing|query of an A/AAAA pair was|queries of A/AAAA pairs were} lost, none while the other was under way
--     from the same socket"
-- few-asked-one-by-one:
--   when: missing > 0
--   verdict: possible
--   say: "{missing|query of an A/AAAA pair was|queries of A/AAAA pairs were} lost, none while the other was under way
--     from the same socket"
-- lost-behind-translation:
--   when: behind > 0 and missing = 0
--   verdict: ruled_out
--   say: "{behind|query of an A/AAAA pair was|queries of A/AAAA pairs were} lost after {behind?its|their} server had
--     been chosen, which is behind where a race loses one"
-- clashes-and-frames-missing:
--   when: judged > 0 and misses_frames and insert_failed > short and dropped > 0
--   verdict: possible
--   say: "insert_failed rose by {insert_failed} and drop by {dropped}; the captures miss frames, so that it is open
--     whether queries of A/AAAA pairs were lost"
-- absorbed:
--   when: judged > 0 and (reach_known > 0 or short + unclear = 0) and insert_failed + clash_resolved > 0
--   verdict: ruled_out
--   say: "absorbed: clashes were counted (insert_failed +{insert_failed}, clash_resolve +{clash_resolved}), but no
--     query of an A/AAAA pair was lost"
-- none-lost:
--   when: judged > 0 and (reach_known > 0 or short + unclear = 0)
--   verdict: ruled_out
--   say: "no query of an A/AAAA pair was lost on its way to a server"
-- counters-alone:
--   when: judged = 0 and insert_failed > 0 and dropped > 0
--   verdict: possible
--   say: "insert_failed rose by {insert_failed} and drop by {dropped}; without a capture that shows enough answers it
--     is open whether DNS was hit"
-- counters-alone-still:
--   when: judged = 0 and has_counters and insert_failed = 0
--   verdict: ruled_out
--   say: "insert_failed did not rise"
-- one-sample-still:
--   when: not has_counters and boot_insert_failed = 0
--   verdict: no_evidence
--   say: "insert_failed stood at 0 in the one sample of the counters, which speaks against a race; one sample is since
--     boot and does not show what came after it"
-- one-sample:
--   when: not has_counters and boot_insert_failed > 0 and captures = 0
--   verdict: possible
--   say: "insert_failed stood at {boot_insert_failed} in the one sample of the counters; that is since boot, so that it
--     is open when it rose and whether DNS was hit"
-- way-not-seen:
--   when: judged > 0
--   verdict: no_evidence
--   say: "queries got no answer, and this evidence does not show how far they went"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "there is neither a capture that shows enough answers nor a counter that moved"

-- --- findings
-- - when: short > 0 and apart > 0
--   say: "{apart|pair|pairs} sent from two sockets (as Go does) lost {apart_lost|query|queries}"
-- - when: has_counters
--   say: "conntrack counted insert_failed +{insert_failed}, drop +{dropped}, clash_resolve +{clash_resolved}"
-- - when: not has_counters and boot_insert_failed >= 0 and captures > 0
--   say: "one sample of the counters, since boot: insert_failed {boot_insert_failed}"
-- - when: short > 0
--   say: "{short|query was|queries were} lost before the server, {halves} of them while the other query of the pair was
--     answered"

-- --- fix
-- - nodelocal
-- - title: Until then, glibc asks A and AAAA from two sockets
--   pods: {options: {single-request-reopen: ''}, resolver: glibc}
--   risk: The workload's pods are made anew; each lookup takes one round trip more. Programs that bring their own
--     resolver (Go, musl, Node's c-ares) do not read it.
