-- ---
-- title: Search domain unreachable
-- description: >
--   One row; whether one suffix of the search list is answered by nobody, so that every name that walks past it waits. Confirmed when four of five of its steps fail or
--   time out while other suffixes and bare names answer; possible when it fails now and then and the others hardly ever do.
-- kind: fault
-- from: [work.evidence, work.unreachable_suffixes, work.suffix_health]
-- change:
--   - "Take the suffix out of the search list (dnsConfig.searches, the node's resolv.conf, DHCP options), or make its servers reachable."
--   - "Until then: ndots:1 or a trailing dot for external names avoids the walk."
-- collect:
--   - "kubectl exec POD -- cat /etc/resolv.conf"
--   - "tcpdump -i any -w node.pcap port 53   # on the node"
-- look: [search/suffixes, search/walks]
-- ---
with wavering as (
  select h.*
  from work.suffix_health as h
  where h.suffix <> ''
    and h.failed >= 3
    and h.failed_share >= 0.1
    and not exists (select 1 from work.suffix_health as o where o.suffix <> h.suffix and 5 * o.failed_share > h.failed_share)
)
select
  case
    when (select count(*) from work.unreachable_suffixes) > 0 then 'confirmed'
    when (select count(*) from wavering) > 0 then 'possible'
    when (select count(*) from work.suffix_health where suffix <> '') > 0 then 'ruled_out'
    when lookups > 0 then 'ruled_out'
    else 'no_evidence'
  end as verdict,
  case
    when (select count(*) from work.unreachable_suffixes) > 0 then (
      select string_agg(format('{} of {} names asked below {} failed or timed out, while other suffixes answered', failed, steps, suffix), '; ' order by suffix) from work.unreachable_suffixes
    )
    when (select count(*) from wavering) > 0 then (
      select format('{} of {} names asked below {} failed or timed out, and hardly any others', failed, steps, suffix) from wavering
    )
    when (select count(*) from work.suffix_health where suffix <> '') > 0 then 'every suffix of the search list that was walked is answered'
    when lookups > 0 then 'no lookup walked a search list'
    else 'no capture shows lookups'
  end as summary,
  []::VARCHAR[] as findings
from work.evidence
