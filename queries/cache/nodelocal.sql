-- ---
-- title: What NodeLocal answered on the node, and what went on
-- description: >
--   One row per NodeLocal DNSCache address and client of it: queries that it answered out of its cache, and those for
--   which a query of the node with the same name and type left while the client waited. Exact where the capture shows
--   what leaves the node; a node that shows nothing leaving has stayed nothing (see evidence/legs).
-- kind: table
-- requires: [transactions]
-- narrow: [nodelocal, client, queries, stayed, stayed_share, went_on, went_on_p50_seconds]
-- columns:
--   nodelocal: address that NodeLocal answers on
--   client: address that asked
--   workload: its workload, if known
--   queries: answered transactions
--   logged: of these, with a line in NodeLocal's log
--   stayed: answered on the node
--   went_on: a query left the node for it
--   stayed_share: stayed of queries
--   stayed_p50_seconds: median response time of those that stayed; seconds
--   went_on_p50_seconds: median response time of those that went on; seconds
-- chart: {mark: bar, x: client, y: stayed_share, panel: nodelocal, label: [stayed_share, queries]}
-- ---
with asked as (
  select t.transaction_id, t.server, t.client, t.qname, t.qtype, t.asked_at, t.answered_at, t.response_seconds, t.in_log
  from narrowed.transactions as t
  inner join servers as s on s.server = t.server and s.role = 'nodelocal'
  where t.state = 'answered'
    and not t.from_forwarder
),
-- what leaves the node: queries of servers that are not CoreDNS's pods
forwarded as (
  select f.qname, f.qtype, f.asked_at
  from transactions as f
  left join servers as s on s.server = f.client
  where f.from_forwarder and coalesce(s.role, 'nodelocal') = 'nodelocal'
),
went_on as (
  select distinct a.transaction_id
  from asked as a
  inner join forwarded as f
    on f.qname = a.qname and f.qtype = a.qtype and f.asked_at >= a.asked_at and f.asked_at <= a.answered_at
)
select
  a.server as nodelocal,
  a.client,
  c.workload,
  count(*) as queries,
  count_if(a.in_log) as logged,
  count_if(w.transaction_id is null) as stayed,
  count(w.transaction_id) as went_on,
  cast(count_if(w.transaction_id is null) as double) / count(*) as stayed_share,
  approx_percentile(case when w.transaction_id is null then a.response_seconds end, 0.5) as stayed_p50_seconds,
  approx_percentile(case when w.transaction_id is not null then a.response_seconds end, 0.5) as went_on_p50_seconds
from asked as a
left join went_on as w on w.transaction_id = a.transaction_id
left join clients as c on c.client = a.client
group by a.server, a.client, c.workload
order by queries desc, nodelocal, a.client
