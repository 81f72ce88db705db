-- ---
-- title: Losses by conntrack interval
-- description: >
--   One row per source of conntrack counters and loss: a query that never reached a server, or a program's A/AAAA pair
--   that lost one half or both; with the interval that it counts in. Times of samples are whole seconds, so that a loss
--   up to a second later than an interval in which packets were dropped counts in that one.
-- from: [conntrack_intervals, clients, transactions, twins]
-- materialized: view
-- columns:
--   loss: query (one that never reached a server), half (of an A/AAAA pair) or both
--   transaction_id: the query, in transactions; null of a pair
--   a_question_id: the pair's question for A, in questions; null of a single query
-- ---
-- by itself, else DuckDB compares each client with each interval first
with lost as materialized (
  select 'query' as loss, t.transaction_id, null as a_question_id, t.client, t.asked_at, c.node
  from transactions as t
  inner join clients as c on c.client = t.client
  where t.state = 'unanswered' and not t.query_reached_server
  union all
  select case when t.lost_half then 'half' else 'both' end, null, t.a_question_id, t.client, t.asked_at, c.node
  from twins as t
  inner join clients as c on c.client = t.client
  where (t.lost_half or t.lost = 'both') and not c.is_forwarder
),
candidates as (
  select
    i.source_id, i.from_time, i.to_time, l.*,
    row_number() over (
      partition by i.source_id, l.transaction_id, l.a_question_id
      order by coalesce(i."drop", 0) + coalesce(i.early_drop, 0) > 0 desc, i.to_time
    ) as choice
  from lost as l
  inner join conntrack_intervals as i
    on l.asked_at >= i.from_time and l.asked_at < i.to_time + interval 1 second and coalesce(l.node = i.node, true)
)
select source_id, from_time, to_time, loss, asked_at, client, transaction_id, a_question_id
from candidates
where choice = 1
