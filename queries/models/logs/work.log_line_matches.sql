-- ---
-- title: Log lines and transactions
-- description: >
--   One row per log line and the transaction that it is about: client address, port, id, name, type and protocol are
--   equal. Where a key was sent or logged more than once, the nearest in time are one pair, after the log's clock
--   offset at that time; a log without times is matched in its order, to the sendings that reached its server.
--   Translated: the log shows the address and port that SNAT gave the client.
-- from: [raw.log_queries, work.translated_keys, work.wire_transactions, work.log_clocks]
-- materialized: table
-- key: [source_id, line]
-- ---
with lines as (
  select
    q.source_id,
    q.line,
    coalesce(t.original_key, q.key) as key,
    t.key is not null as translated,
    epoch_ns(q.time) as ns,
    coalesce(q.duration_seconds, 0) as duration_seconds,
    count(*) over (partition by coalesce(t.original_key, q.key)) as lines
  from raw.log_queries as q
  left join work.translated_keys as t on t.key = q.key
  where q.key is not null
),
sent as (
  select
    transaction_id,
    key,
    coalesce(answer_first_ns, asked_ns) as answered_ns,
    answer_first_ns is null as unanswered,
    count(*) over (partition by key) as sendings,
    row_number()
      over (partition by key order by query_reached_server is not distinct from false, asked_ns, transaction_id)
      as turn,
    row_number() over (
      partition by key, coalesce(answer_first_ns, asked_ns)
      order by query_reached_server is not distinct from false, asked_ns, transaction_id
    ) as place
  from work.wire_transactions
),
-- one line, one sending: these need no time, but where the clocks are known the line may be of a sending that no
-- capture shows
only_ones as (
  select l.source_id, l.line, s.transaction_id, l.translated
  from lines as l
  inner join sent as s on s.key = l.key
  asof left join work.log_clocks as before on before.source_id = l.source_id and before.ns <= l.ns
  asof left join work.log_clocks as after on after.source_id = l.source_id and after.ns >= l.ns
  where l.lines = 1 and s.sendings = 1
    and coalesce(
      least(
        abs(
          l.ns
          - case when s.unanswered then work.ns(l.duration_seconds) else 0 end
          - coalesce(before.offset_ns, after.offset_ns)
          - s.answered_ns
        ),
        abs(
          l.ns
          - case when s.unanswered then work.ns(l.duration_seconds) else 0 end
          - coalesce(after.offset_ns, before.offset_ns)
          - s.answered_ns
        )
      ) < work.ns($log_apart_seconds),
      true
    )
),
others as (
  select
    l.source_id,
    l.line,
    l.key,
    l.translated,
    l.ns,
    row_number() over (partition by l.key, l.source_id order by l.line) as turn,
    row_number() over (partition by l.key, l.source_id, l.ns order by l.line) as place
  from lines as l
  where l.key in (select s.key from sent as s)
    and not (l.lines = 1 and l.key in (select s.key from sent as s where s.sendings = 1))
),
-- what the log's clock was off by before and after a line: around a step one of the two is right
clocked as (
  select l.key, l.source_id, l.ns, before.offset_ns as offset_before, after.offset_ns as offset_after
  from (select distinct key, source_id, ns from others where ns is not null) as l
  asof left join work.log_clocks as before on before.source_id = l.source_id and before.ns <= l.ns
  asof left join work.log_clocks as after on after.source_id = l.source_id and after.ns >= l.ns
),
-- the moments of a key's lines in one log and of its sendings: what lies nearest to each other belongs together
line_moments as (
  select key, source_id, ns as line_ns, ns - coalesce(offset_before, offset_after, 0) as ns from clocked
  union
  select key, source_id, ns, ns - coalesce(offset_after, offset_before, 0) from clocked
),
sent_moments as (
  select distinct s.key, l.source_id, s.answered_ns as ns
  from sent as s
  inner join (select distinct key, source_id from line_moments) as l on l.key = s.key
),
near as (
  select l.key, l.source_id, l.line_ns, s.ns as sent_ns, l.ns - s.ns as apart_ns
  from line_moments as l
  asof inner join sent_moments as s on s.key = l.key and s.source_id = l.source_id and s.ns <= l.ns
  union
  select l.key, l.source_id, l.line_ns, s.ns, s.ns - l.ns
  from line_moments as l
  asof inner join sent_moments as s on s.key = l.key and s.source_id = l.source_id and s.ns >= l.ns
  union
  select s.key, s.source_id, l.line_ns, s.ns, s.ns - l.ns
  from sent_moments as s
  asof inner join line_moments as l on l.key = s.key and l.source_id = s.source_id and l.ns <= s.ns
  union
  select s.key, s.source_id, l.line_ns, s.ns, l.ns - s.ns
  from sent_moments as s
  asof inner join line_moments as l on l.key = s.key and l.source_id = s.source_id and l.ns >= s.ns
),
nearest as (
  select key, source_id, line_ns, sent_ns
  from near
  where apart_ns < work.ns($log_reach_seconds)
  qualify row_number() over (partition by key, source_id, line_ns order by apart_ns, sent_ns) = 1
    and row_number() over (partition by key, source_id, sent_ns order by apart_ns, line_ns) = 1
),
-- materialized, as each line of a key must not meet each sending of it, in whatever order the others are joined
placed as materialized (
  select l.source_id, l.line, l.key, l.translated, n.sent_ns, l.place
  from nearest as n
  inner join others as l on l.key = n.key and l.source_id = n.source_id and l.ns = n.line_ns
),
timed as (
  select l.source_id, l.line, s.transaction_id, l.translated
  from placed as l
  inner join sent as s on s.key = l.key and s.answered_ns = l.sent_ns and s.place = l.place
)
select source_id, line, transaction_id, translated from only_ones
union all
select source_id, line, transaction_id, translated from timed
union all
-- lines without a time: by their order alone
select l.source_id, l.line, s.transaction_id, l.translated
from others as l
inner join sent as s on s.key = l.key and s.turn = l.turn
where l.ns is null
  and (l.source_id, s.transaction_id) not in (select (t.source_id, t.transaction_id) from timed as t)
