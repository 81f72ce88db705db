-- ---
-- title: Conntrack drops while queries were lost
-- description: >
--   One row a source whose drop counter rose in intervals in which the captures show queries that never reached a server: how many of each, in how many
--   intervals, and which sign it is. The counters cover all traffic of the node, the captures only DNS.
--   Times of samples are whole seconds, so a loss up to a second later than an interval that rose counts in it.
-- kind: check
-- severity: high
-- requires: [conntrack_deltas, transactions]
-- columns:
--   source: path of the input
--   intervals: intervals with drops and losses
--   insert_failed: rise in them
--   drop: rise in them
--   early_drop: rise in them
--   lost_queries: transactions in them that never reached a server
--   lost_half: pairs in them that lost one half
--   sign: insertion race, or full table
--   first_at: start of the first such interval, UTC
--   last_at: end of the last, UTC
-- ---
with intervals as (
  select
    source_id,
    from_time,
    to_time,
    sum(case when counter = 'insert_failed' then increase else 0 end) as insert_failed,
    sum(case when counter = 'drop' then increase else 0 end) as dropped,
    sum(case when counter = 'early_drop' then increase else 0 end) as early_drop
  from conntrack_deltas
  where ($since::timestamp_ns is null or to_time > $since::timestamp_ns)
    and ($until::timestamp_ns is null or from_time < $until::timestamp_ns)
  group by source_id, from_time, to_time
),
lost_queries as (
  select
    i.source_id,
    i.to_time,
    row_number() over (
      partition by i.source_id, t.transaction_id
      order by case when coalesce(i.dropped, 0) + coalesce(i.early_drop, 0) > 0 then 0 else 1 end, i.to_time
    ) as choice
  from intervals as i
  inner join transactions as t on t.asked_at >= i.from_time and t.asked_at < i.to_time + interval '1' second
  where t.state = 'unanswered'
    and not t.query_reached_server
    and ($client::varchar is null or t.client = $client::varchar)
),
lost_twins as (
  select
    i.source_id,
    i.to_time,
    row_number() over (
      partition by i.source_id, t.a_question_id
      order by case when coalesce(i.dropped, 0) + coalesce(i.early_drop, 0) > 0 then 0 else 1 end, i.to_time
    ) as choice
  from intervals as i
  inner join twins as t on t.asked_at >= i.from_time and t.asked_at < i.to_time + interval '1' second
  where t.lost_half and ($client::varchar is null or t.client = $client::varchar)
),
losses as (
  select source_id, to_time, count(*) as lost_queries
  from lost_queries
  where choice = 1
  group by source_id, to_time
),
halves as (
  select source_id, to_time, count(*) as lost_half
  from lost_twins
  where choice = 1
  group by source_id, to_time
)
select
  s.path as source,
  count(*) as intervals,
  sum(i.insert_failed) as insert_failed,
  sum(i.dropped) as "drop",
  sum(i.early_drop) as early_drop,
  sum(l.lost_queries) as lost_queries,
  coalesce(sum(h.lost_half), 0) as lost_half,
  case
    when sum(i.insert_failed) > 0 and sum(i.insert_failed) >= 0.8e0 * sum(i.dropped) then 'insertion race: insert_failed and drop rise together'
    when sum(i.insert_failed) > 0 then 'both: more drops than failed insertions'
    else 'full table: drops without failed insertions'
  end as sign,
  min(i.from_time) as first_at,
  max(i.to_time) as last_at
from intervals as i
inner join losses as l on l.source_id = i.source_id and l.to_time = i.to_time
inner join sources as s on s.source_id = i.source_id
left join halves as h on h.source_id = i.source_id and h.to_time = i.to_time
where i.dropped + i.early_drop > 0
group by s.path
order by lost_queries desc, source
