-- ---
-- title: The same question again inside its TTL
-- description: >
--   One row per asker and server address: questions that it asked again although the answer it had got was still good.
--   For a client these are what a cache in the pod or on the node would keep; for CoreDNS towards its upstream they
--   should be none.
-- kind: table
-- requires: [transactions]
-- narrow: [asker, server, queries, repeated, repeated_share, example]
-- columns:
--   asker: address that asked
--   workload: its workload, if known
--   is_forwarder: it is a server that asks for others
--   server: address that it asked
--   queries: answered transactions
--   repeated: of these, asked while the answer before was good
--   repeated_share: repeated of queries
--   negative_repeated: of the repeated, those whose answer before was negative
--   names: distinct names asked again
--   example: one of them
-- chart: {mark: bar, x: asker, y: repeated, label: [repeated, repeated_share]}
-- ---
with counted as (
  select
    t.client,
    t.from_forwarder,
    t.server,
    count(*) as queries,
    count(r.transaction_id) as repeated,
    count(case when r.negative then 1 end) as negative_repeated,
    count(distinct case when r.transaction_id is not null then t.qname end) as names,
    min(case when r.transaction_id is not null then t.qname end) as example
  from narrowed.transactions as t
  left join repeats as r on r.transaction_id = t.transaction_id
  where t.state = 'answered'
  group by t.client, t.from_forwarder, t.server
)
select
  q.client as asker,
  c.workload,
  q.from_forwarder as is_forwarder,
  q.server,
  q.queries,
  q.repeated,
  cast(q.repeated as double) / q.queries as repeated_share,
  q.negative_repeated,
  q.names,
  q.example
from counted as q
left join clients as c on c.client = q.client
order by q.repeated desc, asker, q.server
