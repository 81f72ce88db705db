-- ---
-- title: The same question again inside its TTL
-- description: >
--   One row per asker and server address: questions that it asked again although the answer it had got was still good. For a client these are what a cache in the pod
--   or on the node would keep; for CoreDNS towards its upstream they should be none.
-- kind: table
-- requires: [transactions]
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
with asked as (
  select
    client, server, qname, qtype, asked_at, rcode, from_forwarder,
    lag(answered_at) over again as answered_before,
    lag(min_ttl) over again as ttl_before,
    lag(answers) over again as answers_before,
    lag(truncated) over again as truncated_before
  from narrowed.transactions
  where state = 'answered'
  window again as (partition by client, server, qname, qtype order by asked_at, transaction_id)
),
-- the same rule as in cache/repeated-names; a truncated answer is none that could be kept
judged as (
  select
    *,
    coalesce(
      ttl_before > 0
      and not truncated_before
      and asked_at >= answered_before
      and asked_at < plus_seconds(answered_before, ttl_before),
      false
    ) as repeated
  from asked
)
select
  j.client as asker,
  c.workload,
  j.from_forwarder as is_forwarder,
  j.server,
  count(*) as queries,
  count_if(j.repeated) as repeated,
  cast(count_if(j.repeated) as double) / count(*) as repeated_share,
  count_if(j.repeated and j.answers_before = 0) as negative_repeated,
  count(distinct case when j.repeated then j.qname end) as names,
  min(case when j.repeated then j.qname end) as example
from judged as j
left join clients as c on c.client = j.client
group by j.client, c.workload, j.from_forwarder, j.server
order by repeated desc, asker, j.server
