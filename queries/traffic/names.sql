-- ---
-- title: Names asked most
-- description: >
--   One row per name that programs sent queries for, as it was on the wire; the most asked first. Forwarders' own
--   queries are left out.
-- kind: table
-- requires: [transactions]
-- params:
--   top: {type: integer, default: 50, description: how many names}
-- narrow: [qname, queries, clients, nxdomain, unanswered, median_response_seconds]
-- columns:
--   qname: the name on the wire
--   queries: queries sent for it, retries counted
--   clients: clients that sent them
--   a: queries of type A
--   aaaa: queries of type AAAA
--   other_types: queries of other types
--   answered: queries that got an answer
--   nxdomain: answers that said there is no such name
--   errors: answers with another error (SERVFAIL, REFUSED and the like)
--   unanswered: queries that got no answer
--   median_response_seconds: half of its answers came within; seconds
-- chart: {mark: bar, x: qname, y: queries}
-- ---
select
  qname,
  count(*) as queries,
  count(distinct client) as clients,
  count(*) filter (where qtype = 'A') as a,
  count(*) filter (where qtype = 'AAAA') as aaaa,
  count(*) filter (where qtype not in ('A', 'AAAA')) as other_types,
  count(*) filter (where state = 'answered') as answered,
  count(*) filter (where rcode = 'NXDOMAIN') as nxdomain,
  count(*) filter (where rcode not in ('NOERROR', 'NXDOMAIN')) as errors,
  count(*) filter (where state = 'unanswered') as unanswered,
  approx_percentile(response_seconds, 0.5) as median_response_seconds
from narrowed.transactions
where not from_forwarder
group by qname
order by queries desc, qname
limit $top::bigint
