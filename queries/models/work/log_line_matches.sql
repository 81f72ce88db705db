-- ---
-- title: Log lines and transactions
-- description: >
--   One row a log line and the transaction that it is about: client address, port, id, name, type and protocol are equal. Where a key was sent or logged more than once,
--   the nearest in time are one pair, after the log's clock offset at that time; a log without
--   times is matched in its order, to the sendings that reached its server. Translated: the log shows the address and port that SNAT gave the client.
-- from: [raw.log_queries, work.translated_keys, work.wire_transactions, work.log_clocks]
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
-- what the log's clock was off by before and after a line: around a step one of the two is right
timed as (
  select l.*, before.offset_ns as offset_before, after.offset_ns as offset_after
  from lines as l
  asof left join work.log_clocks as before on before.source_id = l.source_id and before.ns <= l.ns
  asof left join work.log_clocks as after on after.source_id = l.source_id and after.ns >= l.ns
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
      else least(
        abs(l.ns - coalesce(l.offset_before, l.offset_after, 0) - s.answered_ns),
        abs(l.ns - coalesce(l.offset_after, l.offset_before, 0) - s.answered_ns)
      )
    end as apart_ns,
    dense_rank() over (partition by l.key, l.source_id order by l.line) as line_turn,
    dense_rank() over (
      partition by l.key, l.source_id order by s.query_reached_server is not distinct from false, s.asked_ns, s.transaction_id
    ) as sending_turn
  from timed as l
  inner join sent as s on s.key = l.key
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
