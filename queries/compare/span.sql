-- ---
-- title: What one side of a comparison holds
-- description: >
--   One row; the lookups between two times, how many have an end that can be judged and a time, when the first and last
--   began, and from how many clients; and how many conntrack intervals and lines of servers' logs lie between these
--   times.
-- kind: detail
-- narrow: [lookups, judged, first_at, last_at]
-- columns:
--   lookups: lookups of programs
--   judged: lookups whose end this evidence shows
--   timed: lookups that have a time
--   clients: clients that looked names up
--   first_at: when the first lookup began, UTC
--   last_at: when the last lookup began, UTC
--   counter_intervals: intervals between two samples of conntrack counters
--   log_lines: lines of queries in servers' logs
-- ---
with asked as (
  select
    count(*) as lookups,
    coalesce(count_if(outcome <> 'unknown' or cause is not null), 0) as judged,
    count(seconds) as timed,
    count(distinct client) as clients,
    min(started_at) filter (where seconds is not null) as first_at,
    max(started_at) filter (where seconds is not null) as last_at
  from narrowed.lookups
),
counted as (
  select count(*) as counter_intervals
  from narrowed.conntrack_intervals
),
logged as (
  select count(*) as log_lines
  from narrowed.log_queries
)
select a.lookups, a.judged, a.timed, a.clients, a.first_at, a.last_at, c.counter_intervals, l.log_lines
from asked as a
cross join counted as c
cross join logged as l
