-- ---
-- title: Latency by server and zone
-- description: >
--   One row per server and zone of the names it was asked: how long answers took. The cluster's zone is what follows
--   `svc`; of other names it is the last two labels, or three below registries such as co.uk. One slow zone on every
--   server is slow upstream of them; all zones slow on one server is that server.
-- kind: table
-- requires: [transactions]
-- params:
--   least_queries: {type: integer, default: 2, description: zones asked less often are left out}
-- narrow: [server, zone, queries, unanswered, p50_seconds, p99_seconds, servfail]
-- columns:
--   server: address that was asked, behind the service where known
--   zone: zone of the names
--   queries: transactions
--   unanswered: of these, never answered
--   p50_seconds: median response time; seconds
--   p90_seconds: 90th percentile; seconds
--   p99_seconds: 99th percentile; seconds
--   max_seconds: longest; seconds
--   nxdomain: answers NXDOMAIN
--   servfail: answers SERVFAIL
--   refused: answers REFUSED
-- chart: {mark: range, x: zone, y: [p50_seconds, p90_seconds, p99_seconds], y_scale: log, panel: server}
-- ---
with asked as (
  select distinct qname from transactions
),
cluster_zones as (
  select distinct regexp_extract(qname, '[.]svc[.](.+)$', 1) as zone
  from asked
  where qname like '%.svc.%'
),
names as (
  select
    q.qname,
    coalesce(max(z.zone), registered_domain(q.qname)) as zone
  from asked as q
  left join cluster_zones as z on z.zone <> '' and (q.qname = z.zone or ends_with(q.qname, '.' || z.zone))
  group by q.qname
)
select
  coalesce(t.backend, t.server) as server,
  n.zone,
  count(*) as queries,
  count_if(t.state = 'unanswered') as unanswered,
  approx_percentile(t.response_seconds, 0.5) as p50_seconds,
  approx_percentile(t.response_seconds, 0.9) as p90_seconds,
  approx_percentile(t.response_seconds, 0.99) as p99_seconds,
  max(t.response_seconds) as max_seconds,
  count_if(t.rcode = 'NXDOMAIN') as nxdomain,
  count_if(t.rcode = 'SERVFAIL') as servfail,
  count_if(t.rcode = 'REFUSED') as refused
from narrowed.transactions as t
inner join names as n on n.qname = t.qname
group by coalesce(t.backend, t.server), n.zone
having count(*) >= $least_queries::bigint
order by p99_seconds desc nulls first, queries desc, server, zone
