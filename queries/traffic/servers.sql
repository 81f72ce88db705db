-- ---
-- title: Response times by server
-- description: >
--   One row per server that was asked, the backend behind it and who asked (programs or forwarders): queries and
--   response-time percentiles; the most asked first.
-- kind: table
-- requires: [transactions]
-- narrow: [server, backend, queries, answered, unanswered, p50_seconds, p99_seconds]
-- columns:
--   server: address that was asked
--   server_name: its service, pod or node; null when not known
--   backend: the backend that the query went to; null when no copy of the query shows it
--   backend_name: its pod or node; null when not known
--   asked_by: programs or forwarders
--   queries: queries sent, retries counted
--   clients: clients that sent them
--   answered: queries that got an answer
--   unanswered: queries that got no answer
--   unknown: queries whose answer this evidence cannot see
--   servfail: answers SERVFAIL
--   refused: answers REFUSED
--   p50_seconds: half of the answers came within; seconds
--   p90_seconds: 90 in 100 of the answers came within; seconds
--   p99_seconds: 99 in 100 of the answers came within; seconds
--   slowest_seconds: the slowest answer; seconds
-- ---
with sums as (
  select
    server, backend, from_forwarder,
    count(*) as queries,
    count(distinct client) as clients,
    count(*) filter (where state = 'answered') as answered,
    count(*) filter (where state = 'unanswered') as unanswered,
    count(*) filter (where state = 'unknown') as unknown,
    count(*) filter (where rcode = 'SERVFAIL') as servfail,
    count(*) filter (where rcode = 'REFUSED') as refused,
    approx_percentile(response_seconds, 0.5) as p50_seconds,
    approx_percentile(response_seconds, 0.9) as p90_seconds,
    approx_percentile(response_seconds, 0.99) as p99_seconds,
    max(response_seconds) as slowest_seconds
  from narrowed.transactions
  group by server, backend, from_forwarder
)
select
  s.server,
  a.name as server_name,
  s.backend,
  b.name as backend_name,
  case when s.from_forwarder then 'forwarders' else 'programs' end as asked_by,
  s.queries,
  s.clients,
  s.answered,
  s.unanswered,
  s.unknown,
  s.servfail,
  s.refused,
  s.p50_seconds,
  s.p90_seconds,
  s.p99_seconds,
  s.slowest_seconds
from sums as s
left join servers as a on a.server = s.server
left join servers as b on b.server = s.backend
order by s.queries desc, s.server, s.backend, asked_by
