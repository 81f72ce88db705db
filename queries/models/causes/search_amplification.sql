-- ---
-- title: Search list amplification
-- description: >
--   One row; whether lookups walk the search list before the name that answers, and what it costs. Confirmed when the walks waste a noticeable share of all queries. NXDOMAIN for absolute names is
--   none of this.
-- kind: cost
-- from: [work.evidence, work.wire_lookups, raw.log_queries, work.name_ids, work.made_suffixes]
-- params:
--   least: {default: 10, description: walks past two names that it takes}
--   share: {default: 0.2, description: share of the queries that the walks waste}
-- change:
--   - "Set dnsConfig.options ndots to 1 or 2 for pods that mostly ask external names, or write external names with a trailing dot."
--   - "CoreDNS's autopath plugin ends walks on the server's side (it needs pods verified, which costs memory)."
--   - "NodeLocal DNSCache answers the wasted queries on the node."
-- collect:
--   - "tcpdump -i any -w node.pcap port 53   # on the node"
--   - "kubectl exec POD -- cat /etc/resolv.conf"
-- look: [search/storms, search/names]
-- ---
with walked as (
  select
    count(*) filter (where steps > 2) as walks,
    coalesce(sum(queries), 0) as queries_in_all,
    coalesce(sum(wasted_queries) filter (where steps > 1), 0) as wasted,
    avg(queries) filter (where steps > 2) as queries_a_walk,
    count(distinct client_id) filter (where steps > 2) as walkers
  from work.wire_lookups
),
made as (
  select n.raw_id
  from work.name_ids as n
  where exists (select 1 from work.made_suffixes as s where ends_with(n.name, '.' || s.suffix))
),
lines as (
  select count(*) as logged, count(m.raw_id) filter (where q.rcode = 3) as missed
  from raw.log_queries as q
  left join made as m on m.raw_id = q.qname_id
),
numbers as (select * from work.evidence cross join walked cross join lines)
select
  case
    when walks >= $least and wasted >= $share * queries_in_all then 'confirmed'
    when walks >= 3 and wasted >= 0.5 * $share * queries_in_all then 'likely'
    when walks > 0 and wasted >= 0.02 * queries_in_all then 'possible'
    when lookups > 0 then 'ruled_out'
    when logged > 0 and missed >= $share * logged then 'likely'
    when logged > 0 and missed >= 0.02 * logged then 'possible'
    when logged > 0 then 'ruled_out'
    else 'no_evidence'
  end as verdict,
  case
    when walks > 0 then format(
      '{} of {} walked the search list; {} of {} ({:.0f} %) asked for names that only the list made',
      work.counted(walks, 'lookup', 'lookups'), work.counted(walkers, 'client', 'clients'),
      wasted::BIGINT, work.counted(queries_in_all, 'query', 'queries'), 100.0 * wasted / greatest(queries_in_all, 1))
    when lookups > 0 then 'no lookup walked the search list'
    when missed > 0 then format('{} of {} of the logs {} NXDOMAIN for names below suffixes of search lists', missed, work.counted(logged, 'line', 'lines'), if(missed = 1, 'is', 'are'))
    when logged > 0 then 'the logs show no NXDOMAIN for names below suffixes of search lists'
    else 'there is neither a capture nor a log of queries'
  end as summary,
  list_filter([case when walks > 0 then format('such a lookup took {:.1f} queries on average, where 2 would do (A and AAAA)', queries_a_walk) end], x -> x is not null) as findings
from numbers
