-- ---
-- title: How far each log's clock is ahead of the captures', over time
-- description: >
--   One row per log and time of a line whose transaction is beyond doubt: its key was logged once and sent once. The
--   offset is the median of the line and its three neighbours on either side, so that a clock that is stepped in the
--   middle of a capture is followed, and a late line alone says nothing.
-- from: [raw.log_queries, work.translated_keys, work.wire_transactions]
-- materialized: table
-- key: [source_id, ns]
-- ---
with lines as (
  select q.source_id, coalesce(t.original_key, q.key) as key, any_value(epoch_ns(q.time)) as ns
  from raw.log_queries as q
  left join work.translated_keys as t on t.key = q.key
  where q.key is not null and q.time is not null
  group by q.source_id, coalesce(t.original_key, q.key)
  having count(*) = 1
),
sent as (
  select key, any_value(coalesce(answer_first_ns, asked_ns)) as answered_ns
  from work.wire_transactions
  group by key
  having count(*) = 1
),
pairs as (
  select l.source_id, l.ns, min(l.ns - s.answered_ns) as offset_ns
  from lines as l
  inner join sent as s on s.key = l.key
  group by l.source_id, l.ns
)
select
  source_id,
  ns,
  (median(offset_ns) over (partition by source_id order by ns rows between 3 preceding and 3 following))::BIGINT
    as offset_ns
from pairs
