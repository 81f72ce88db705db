-- ---
-- title: Log lines and transactions
-- description: >
--   One row a log line and the transaction that it is about: client address, port, id, name, type and protocol are equal. Where a key was sent or logged more than once,
--   the nearest in time are one pair, after the log's clock offset as the keys of one sending show it; a log without
--   times is matched in its order, to the sendings that reached its server. Translated: the log shows the address and port that SNAT gave the client.
-- from: [raw.log_queries, work.translated_keys, work.wire_transactions]
-- materialized: table
-- ---
with lines as (
  select
    q.source_id,
    q.line,
    coalesce(t.original_key, q.key) as key,
    t.key is not null as translated,
    epoch_ns(q.time) as ns,
    count(*) over (partition by coalesce(t.original_key, q.key)) as lines
  from raw.log_queries as q
  left join work.translated_keys as t on t.key = q.key
  where q.key is not null
),
sent as (
  select
    transaction_id,
    key,
    asked_ns,
    coalesce(answer_first_ns, asked_ns) as answered_ns,
    query_reached_server,
    answer_first_src_id,
    count(*) over (partition by key) as sendings
  from work.wire_transactions
),
-- one line, one sending: these need no time, and tell the others how the clocks differ
offsets as (
  select l.source_id, median(l.ns - s.answered_ns)::BIGINT as offset_ns
  from lines as l
  inner join sent as s on s.key = l.key
  where l.lines = 1 and s.sendings = 1
  group by l.source_id
),
candidates as (
  select
    l.source_id,
    l.line,
    l.translated,
    s.transaction_id,
    l.lines = 1 and s.sendings = 1 as only_one,
    case
      when l.ns is null then null
      else abs(l.ns - coalesce(o.offset_ns, 0) - s.answered_ns)
    end as apart_ns,
    dense_rank() over (partition by l.key, l.source_id order by l.line) as line_turn,
    dense_rank() over (
      partition by l.key, l.source_id order by s.query_reached_server is not distinct from false, s.asked_ns, s.transaction_id
    ) as sending_turn
  from lines as l
  inner join sent as s on s.key = l.key
  left join offsets as o on o.source_id = l.source_id
),
ranked as (
  select
    *,
    row_number() over (partition by source_id, line order by apart_ns, abs(line_turn - sending_turn), transaction_id) as for_line,
    row_number() over (partition by transaction_id, source_id order by apart_ns, abs(line_turn - sending_turn), line) as for_sending
  from candidates
  where only_one
    or (apart_ns is null and line_turn = sending_turn)
    or apart_ns < 15000000000
)
select source_id, line, transaction_id, translated
from ranked
where for_line = 1 and for_sending = 1
