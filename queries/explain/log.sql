-- ---
-- title: Log lines of a lookup
-- description: >
--   One row per log line about the lookup or question: its query lines, and errors for the same name and type
--   meanwhile. Times are the captures': the log's clock offset, where it is known, is taken off.
-- kind: detail
-- params:
--   lookup: {type: integer, default: null, description: lookup_id}
--   question: {type: integer, default: null, description: "question_id, instead of a lookup"}
-- narrow: [time, path, line, event, rcode, duration_seconds]
-- columns:
--   transaction_id: the transaction of a query line; null for an error
--   time: when it was written, by the captures' clock; null when the log has no time
--   path: the log
--   line: line there
--   stream: pod or container that wrote it, where the log says
--   event: query, or the kind of the error
--   qname: the name
--   qtype: the type
--   rcode: what the server answered; null when it sent no answer
--   duration_seconds: how long the server took; seconds
--   upstream: the upstream that an error is about
--   reason: why, as the log says
-- ---
with asked as (
  select
    q.question_id,
    q.qname,
    q.qtype,
    t.transaction_id,
    t.asked_at,
    coalesce(t.answered_at, plus_seconds(t.asked_at, 10)) as until_time
  from questions as q
  inner join transactions as t on t.question_id = q.question_id
  where q.lookup_id = $lookup::bigint or q.question_id = $question::bigint
),
clocks as (
  select source_id, max(clock_offset_seconds) as offset_seconds
  from log_coverage
  group by source_id
),
lines as (
  select
    a.transaction_id, l.source_id, l.line, l.stream, 'query' as event, l.qname, l.qtype, l.rcode, l.duration_seconds,
    cast(null as varchar) as upstream, cast(null as varchar) as reason,
    case
      when l.time_from_wire then l.time
      -- the offset is a median: a line is never written before its query
      else greatest(a.asked_at, plus_seconds(l.time, -coalesce(k.offset_seconds, 0)))
    end as time
  from asked as a
  inner join log_matches as m on m.transaction_id = a.transaction_id
  inner join log_queries as l on l.source_id = m.source_id and l.line = m.line
  left join clocks as k on k.source_id = l.source_id
),
errors as (
  select
    cast(null as bigint) as transaction_id,
    e.source_id,
    e.line,
    e.stream,
    e.event,
    e.qname,
    e.qtype,
    cast(null as varchar) as rcode,
    cast(null as double) as duration_seconds, e.upstream, e.reason,
    plus_seconds(e.time, -coalesce(k.offset_seconds, 0)) as time
  from log_events as e
  left join clocks as k on k.source_id = e.source_id
  where e.qname in (select a.qname from asked as a)
)
select
  n.transaction_id,
  n.time,
  s.path,
  n.line,
  n.stream,
  n.event,
  n.qname,
  n.qtype,
  n.rcode,
  n.duration_seconds,
  n.upstream,
  n.reason
from (
  select transaction_id, source_id, line, stream, event, qname, qtype, rcode, duration_seconds, upstream, reason, time
  from lines
  union all
  select
    e.transaction_id,
    e.source_id,
    e.line,
    e.stream,
    e.event,
    e.qname,
    e.qtype,
    e.rcode,
    e.duration_seconds,
    e.upstream,
    e.reason,
    e.time
  from errors as e
  where exists (
    select 1 from asked as a
    where a.qname = e.qname and coalesce(a.qtype = e.qtype, true)
      and e.time >= a.asked_at and e.time <= plus_seconds(a.until_time, 0.001)
  )
) as n
inner join sources as s on s.source_id = n.source_id
order by n.time, s.path, n.line
