-- ---
-- title: Queries without an answer, by server and backend
-- description: >
--   One row per server that was asked, the backend behind it and who asked (programs or forwarders) where a query got
--   no answer; the most unanswered first. Queries whose answer this evidence cannot see are not counted as unanswered.
-- kind: check
-- severity: high
-- requires: [transactions]
-- narrow: [server, backend, queries, unanswered, unanswered_share, clients]
-- columns:
--   server: address that was asked
--   server_name: its service, pod or node; null when not known
--   backend: the backend that the query went to; null when no copy of the query shows it
--   backend_name: its pod or node; null when not known
--   asked_by: programs or forwarders
--   queries: queries sent there
--   unanswered: those that got no answer
--   unknown: those whose answer this evidence cannot see
--   unanswered_share: unanswered among those that this evidence can judge
--   server_unanswered_share: the same among all queries to the server, whatever the backend
--   reached_server: unanswered ones seen to reach the server
--   answer_left_server: unanswered ones whose answer was seen to leave the server
--   clients: clients with an unanswered query
--   names: names with an unanswered query
--   first_at: when the first unanswered one was asked
--   last_at: when the last unanswered one was asked
-- ---
with sums as (
  select
    server, backend, from_forwarder,
    count(*) as queries,
    count(*) filter (where state = 'unanswered') as unanswered,
    count(*) filter (where state = 'unknown') as unknown,
    count(*) filter (where state = 'unanswered' and query_reached_server) as reached_server,
    count(*) filter (where state = 'unanswered' and response_left_server) as answer_left_server,
    count(distinct case when state = 'unanswered' then client end) as clients,
    count(distinct case when state = 'unanswered' then qname end) as names,
    min(asked_at) filter (where state = 'unanswered') as first_at,
    max(asked_at) filter (where state = 'unanswered') as last_at
  from narrowed.transactions
  group by server, backend, from_forwarder
),
totals as (
  select server, from_forwarder, sum(queries - unknown) as judged
  from sums
  group by server, from_forwarder
)
select
  s.server,
  a.name as server_name,
  s.backend,
  b.name as backend_name,
  case when s.from_forwarder then 'forwarders' else 'programs' end as asked_by,
  s.queries,
  s.unanswered,
  s.unknown,
  cast(s.unanswered as double) / nullif(s.queries - s.unknown, 0) as unanswered_share,
  cast(s.unanswered as double) / nullif(t.judged, 0) as server_unanswered_share,
  s.reached_server,
  s.answer_left_server,
  s.clients,
  s.names,
  s.first_at,
  s.last_at
from sums as s
inner join totals as t on t.server = s.server and t.from_forwarder = s.from_forwarder
left join servers as a on a.server = s.server
left join servers as b on b.server = s.backend
where s.unanswered > 0
order by s.unanswered desc, s.server, s.backend, asked_by
