-- ---
-- title: Balance between the servers of a service
-- description: >
--   One row per service address and server behind it: its share of the queries, beside an even share. kube-proxy
--   chooses anew for each client port; a server with far less, or with unanswered ones only, is not taking its part.
-- kind: table
-- requires: [transactions]
-- narrow: [service, name, queries, share, unanswered, p99_seconds]
-- columns:
--   service: address that clients ask
--   server: address behind it
--   name: its pod, if known
--   queries: transactions sent to it
--   share: of all queries to the service whose server is known
--   even_share: share if all took the same
--   clients: distinct clients
--   unanswered: transactions never answered
--   servfail: answers SERVFAIL
--   refused: answers REFUSED
--   p50_seconds: median response time; seconds
--   p99_seconds: 99th percentile; seconds
-- chart: {mark: bar, x: server, y: share, beside: even_share, panel: service, label: [share, name]}
-- ---
with chosen as (
  select server, backend, client, state, rcode, response_seconds
  from narrowed.transactions
  where backend is not null and backend <> server
),
totals as (
  select server, count(*) as queries, count(distinct backend) as servers
  from chosen
  group by server
)
select
  c.server as service,
  c.backend as server,
  s.name,
  count(*) as queries,
  cast(count(*) as double) / max(t.queries) as share,
  1e0 / max(t.servers) as even_share,
  count(distinct c.client) as clients,
  count_if(c.state = 'unanswered') as unanswered,
  count_if(c.rcode = 'SERVFAIL') as servfail,
  count_if(c.rcode = 'REFUSED') as refused,
  approx_percentile(c.response_seconds, 0.5) as p50_seconds,
  approx_percentile(c.response_seconds, 0.99) as p99_seconds
from chosen as c
inner join totals as t on t.server = c.server
left join servers as s on s.server = c.backend
group by c.server, c.backend, s.name
order by service, queries desc, server
