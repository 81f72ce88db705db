-- ---
-- title: Errors that servers logged
-- description: >
--   One row per log, kind of error, upstream and reason: what CoreDNS and NodeLocal say went wrong (`i/o timeout`,
--   connection refused, max_concurrent).
-- kind: check
-- severity: medium
-- requires: [log_events]
-- narrow: [event, upstream, errors, names, example]
-- columns:
--   log: path of the log
--   stream: pod or container that wrote it, where the log holds several
--   event: kind of error
--   upstream: address and port that failed, if the line names it
--   reason: why
--   errors: how often, consolidated lines counted as what they stand for
--   names: distinct names in the lines
--   example: one of the names
--   first_at: first line with a time, UTC
--   last_at: last line with a time, UTC
-- ---
select
  s.path as log,
  e.stream,
  e.event,
  e.upstream,
  e.reason,
  sum(e.count) as errors,
  count(distinct e.qname) as names,
  min(e.qname) as example,
  min(e.time) as first_at,
  max(e.time) as last_at
from narrowed.log_events as e
inner join sources as s on s.source_id = e.source_id
where (
  e.event in (
    'upstream-error', 'upstream-error-repeated', 'no-healthy-upstream', 'max-concurrent', 'query-error', 'loop',
    'nodelocal-rule-failed', 'nodelocal-interface-failed'
  )
  or e.level in ('error', 'fatal', 'panic')
)
group by s.path, e.stream, e.event, e.upstream, e.reason
order by errors desc, log, e.event, e.upstream
