-- ---
-- title: Late on the wire, quick in the log
-- description: >
--   One row per server whose answers came late although its log says that they took no time: the queries waited before
--   it read them, or it was not let run (CPU limit, overload). Shown where at least the given share of its logged
--   answers waited outside longer than the limit.
-- kind: check
-- severity: high
-- requires: [transactions, log_queries]
-- params:
--   limit_seconds: {type: number, default: 0.1, description: wait outside the server that counts as late; seconds}
--   least_share: {type: number, default: 0.01, description: share of late answers from which on a server is shown}
-- narrow: [server, name, logged, late, late_share, log_p99_seconds]
-- columns:
--   server: address that answered
--   name: its pod, if known
--   logged: answered transactions with a log line
--   late: of these, those that waited outside the server over the limit
--   late_share: late of logged
--   outside_max_seconds: longest wait outside; seconds
--   log_p99_seconds: 99th percentile inside the server; seconds
--   first_at: first late query, UTC
--   last_at: last late query, UTC
-- ---
with lines as (
  select transaction_id, max(duration_seconds) as duration_seconds
  from log_queries
  where transaction_id is not null and duration_seconds is not null
  group by transaction_id
),
answered as (
  select
    coalesce(t.backend, t.server) as server,
    t.asked_at,
    l.duration_seconds,
    t.response_seconds - l.duration_seconds as outside_seconds
  from narrowed.transactions as t
  inner join lines as l on l.transaction_id = t.transaction_id
  where t.state = 'answered'
)
select
  a.server,
  s.name,
  count(*) as logged,
  count_if(a.outside_seconds > $limit_seconds::double) as late,
  cast(count_if(a.outside_seconds > $limit_seconds::double) as double) / count(*) as late_share,
  max(a.outside_seconds) as outside_max_seconds,
  approx_percentile(a.duration_seconds, 0.99) as log_p99_seconds,
  min(case when a.outside_seconds > $limit_seconds::double then a.asked_at end) as first_at,
  max(case when a.outside_seconds > $limit_seconds::double then a.asked_at end) as last_at
from answered as a
left join servers as s on s.server = a.server
group by a.server, s.name
having count_if(a.outside_seconds > $limit_seconds::double) > 0
  and count_if(a.outside_seconds > $limit_seconds::double) >= $least_share::double * count(*)
order by late desc, a.server
