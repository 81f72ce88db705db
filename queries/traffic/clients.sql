-- ---
-- title: Clients that ask most
-- description: >
--   One row per client, programs' and forwarders' apart by asks_for_others; the most queries first.
-- kind: table
-- requires: [transactions]
-- narrow: [client, workload, queries, names, nxdomain, unanswered]
-- columns:
--   client: address of the client
--   client_name: its namespace and pod, or node; null when not known
--   workload: the workload that the pod belongs to
--   resolver: which resolver it seems to be
--   asks_for_others: whether it is a forwarder (CoreDNS, NodeLocal), whose queries are no program's
--   queries: queries sent, retries counted
--   queries_share: its queries among those of all programs, or of all forwarders
--   names: different names
--   nxdomain: answers that said there is no such name
--   errors: answers with another error (SERVFAIL, REFUSED and the like)
--   unanswered: queries that got no answer
--   unknown: queries whose answer this evidence cannot see
--   median_response_seconds: half of its answers came within; seconds
--   p99_response_seconds: 99 in 100 of its answers came within; seconds
--   first_at: its first query
--   last_at: its last query
-- chart: {mark: bar, x: client, y: queries, label: [queries, client_name]}
-- ---
with sums as (
  select
    client, from_forwarder,
    count(*) as queries,
    count(distinct qname) as names,
    count(*) filter (where rcode = 'NXDOMAIN') as nxdomain,
    count(*) filter (where rcode not in ('NOERROR', 'NXDOMAIN')) as errors,
    count(*) filter (where state = 'unanswered') as unanswered,
    count(*) filter (where state = 'unknown') as unknown,
    approx_percentile(response_seconds, 0.5) as median_response_seconds,
    approx_percentile(response_seconds, 0.99) as p99_response_seconds,
    min(asked_at) as first_at,
    max(asked_at) as last_at
  from narrowed.transactions
  group by client, from_forwarder
)
select
  s.client,
  c.client_name,
  c.workload,
  c.resolver,
  s.from_forwarder as asks_for_others,
  s.queries,
  cast(s.queries as double) / sum(s.queries) over (partition by s.from_forwarder) as queries_share,
  s.names,
  s.nxdomain,
  s.errors,
  s.unanswered,
  s.unknown,
  s.median_response_seconds,
  s.p99_response_seconds,
  s.first_at,
  s.last_at
from sums as s
left join clients as c on c.client = s.client
order by s.queries desc, s.client
