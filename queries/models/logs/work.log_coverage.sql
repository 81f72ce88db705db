-- ---
-- title: What each log covers
-- description: >
--   One row per log and server whose answers it has lines for, with the share of that server's answers, among those
--   that it should log, that have one. Only where nearly all are in the log, and nearly all of those with records, does
--   a missing line mean that a query never came: a log of errors alone has all answers of an hour in which nothing but
--   errors was answered.
-- from: [work.log_line_matches, work.due_answers, work.log_clocks, raw.sources, raw.log_queries]
-- materialized: table
-- key: [source_id, server_id]
-- ---
with clocks as (
  select source_id, arg_min(offset_ns, ns) as first_offset_ns, arg_max(offset_ns, ns) as last_offset_ns
  from work.log_clocks
  group by source_id
),
-- each log's own time, by the captures' clock
spans as (
  select
    s.source_id,
    epoch_ns(s.first_time) - coalesce(c.first_offset_ns, 0) as from_ns,
    epoch_ns(s.last_time) - coalesce(c.last_offset_ns, 0) as until_ns
  from raw.sources as s
  left join clocks as c on c.source_id = s.source_id
),
owners as (
  select
    m.source_id,
    t.server_id,
    count(*) as matched,
    count_if(t.is_success) as matched_success,
    median(epoch_ns(l.time) - t.answer_first_ns)::BIGINT as offset_ns
  from work.log_line_matches as m
  inner join work.due_answers as t on t.transaction_id = m.transaction_id
  inner join raw.log_queries as l on l.source_id = m.source_id and l.line = m.line
  group by m.source_id, t.server_id
),
-- answers of a server within the log's own time, or all of them where it has none
answered as (
  select o.source_id, o.server_id, count(*) as answered, count_if(t.is_success) as answered_success
  from owners as o
  inner join spans as s on s.source_id = o.source_id
  inner join work.due_answers as t on t.server_id = o.server_id
  where s.from_ns is null or t.answer_first_ns between s.from_ns and s.until_ns
  group by o.source_id, o.server_id
)
select
  o.source_id,
  o.server_id,
  o.matched,
  a.answered,
  o.matched / a.answered as coverage,
  coverage >= $logged_share
  and a.answered_success > 0
  and o.matched_success >= $logged_share * a.answered_success as is_complete,
  o.offset_ns,
  s.from_ns,
  s.until_ns
from owners as o
inner join answered as a on a.source_id = o.source_id and a.server_id = o.server_id
inner join spans as s on s.source_id = o.source_id
where o.matched >= $log_matched_share * a.answered
