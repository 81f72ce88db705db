-- ---
-- title: Search domain unreachable
-- description: >
--   One suffix of the search list is answered by nobody, so that every name that walks past it waits. Confirmed when four of five of its steps fail or
--   time out while other suffixes and bare names answer; possible when it fails now and then and the others hardly ever do.
-- kind: fault
-- precedence: 10
-- params:
--   least: {default: 3, unit: steps, description: failed steps of a suffix that it takes to doubt it, source: "chosen: one or two fail by chance"}
--   doubtful_share: {default: 0.1, unit: share, description: "failed steps of a suffix, as a share of its steps, that it takes to doubt it", source: "chosen: a healthy suffix hardly ever fails"}
--   others_ratio: {default: 5, unit: ratio, description: how many times as often as any other suffix it must fail, source: "chosen: what hits all suffixes alike is no suffix's fault"}
-- change:
--   - "Take the suffix out of the search list (dnsConfig.searches, the node's resolv.conf, DHCP options), or make its servers reachable."
--   - "Until then: a trailing dot for external names avoids the walk; so does a lower ndots (dnslens what-if --ndots N says what it would break)."
-- collect:
--   - "kubectl exec POD -- cat /etc/resolv.conf"
--   - "tcpdump -i any -w node.pcap port 53   # on the node"
-- look: [search/suffixes, search/walks]
-- ---

-- --- signs
-- a step whose suffix nobody answers for is that suffix's fault, whatever became of its packets
select
  w.transaction_id,
  'shown' as strength,
  'nearly every name below the search suffix ' || s.suffix || ' failed or timed out, while other names were answered' as reason
from work.waits as w
inner join work.suffix_steps as s on s.step_id = w.step_id
inner join work.unreachable_suffixes as u on u.suffix = s.suffix;

-- --- numbers
with unreachable as (
  select
    count(*) as unreachable,
    string_agg(format('{} of {} names asked below {} failed or timed out, while other suffixes answered', failed, steps, suffix), '; ' order by suffix) as story
  from work.unreachable_suffixes
),
wavering as (
  select
    count(*) as wavering,
    string_agg(format('{} of {} names asked below {} failed or timed out, and hardly any others', failed, steps, suffix), '; ' order by suffix) as doubt
  from work.suffix_health as h
  where h.suffix <> ''
    and h.failed >= $least
    and h.failed_share >= $doubtful_share
    and not exists (select 1 from work.suffix_health as o where o.suffix <> h.suffix and $others_ratio * o.failed_share > h.failed_share)
)
select u.*, w.*, (select count(*) from work.suffix_health where suffix <> '') as suffixes, e.lookups
from work.evidence as e cross join unreachable as u cross join wavering as w;

-- --- rules
-- nobody-answers:
--   when: unreachable > 0
--   verdict: confirmed
--   say: "{story}"
-- now-and-then:
--   when: wavering > 0
--   verdict: possible
--   say: "{doubt}"
-- all-answer:
--   when: suffixes > 0
--   verdict: ruled_out
--   say: "every suffix of the search list that was walked is answered"
-- none-walked:
--   when: lookups > 0
--   verdict: ruled_out
--   say: "no lookup walked a search list"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no capture shows lookups"
