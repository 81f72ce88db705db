-- ---
-- title: How far each log covers what the captures show
-- description: >
--   One row per log and server whose answers it has lines for, or a log that matches nothing: the share of the server's
--   answered transactions that have a line, and the log's clock against the captures'. Only a log with nearly all
--   answered ones lets a missing line mean that the query never came.
-- kind: table
-- requires: [log_queries]
-- narrow: [log, server, lines, coverage_share, conclusion]
-- columns:
--   log: path of the log
--   server: address of the server, as the captures show it
--   role: what the address is
--   lines: query lines of the log
--   matched: transactions of this server with a line
--   answered: transactions that this server answered in the log's time, without those that the Corefile's log rules
--     leave out
--   coverage_share: matched of answered
--   clock_offset_seconds: log's clock less the captures'; empty for a log without times; seconds
--   has_times: the log's lines carry times
--   conclusion: what can be said from it
-- ---
with lines as (
  select source_id, count(*) as lines, count_if(time is not null and not time_from_wire) > 0 as has_times
  from log_queries
  group by source_id
)
select
  s.path as log,
  c.server,
  r.role,
  l.lines,
  c.matched,
  c.answered,
  c.coverage_share,
  c.clock_offset_seconds,
  l.has_times,
  case
    when c.server is null
      then
        'matches no answer of the captures: another time, another server, or addresses that were translated on the way'
    when c.complete and abs(c.clock_offset_seconds) > 1e0
      then 'complete: no line means the query never came; its clock is off'
    when c.complete then 'complete: no line means the query never came'
    when c.coverage_share >= 0.97e0
      then
        'has nearly all answers, but not of those with records, or there were none: '
        || 'it may log errors alone, so a missing line proves nothing'
    else 'has gaps: a missing line proves nothing'
  end as conclusion
from lines as l
inner join sources as s on s.source_id = l.source_id
left join log_coverage as c on c.source_id = l.source_id
left join servers as r on r.server = c.server
order by log, c.server
