-- ---
-- title: Latency inside the server and on the wire
-- description: >
--   One row per server that answered, with the seconds from query to answer as the client saw them (wire) and as the
--   server logged them (log). The rest is time outside: the network, the server's socket queue, and a server that was
--   not let run. A late wire and a quick log mean the latter.
-- kind: table
-- requires: [transactions]
-- narrow: [server, role, name, answered, wire_p50_seconds, wire_p99_seconds]
-- columns:
--   server: address that answered
--   role: what it is (nodelocal, coredns, service, upstream, server)
--   name: its pod or service, if known
--   answered: transactions that it answered
--   wire_p50_seconds: median on the wire; seconds
--   wire_p90_seconds: 90th percentile on the wire; seconds
--   wire_p99_seconds: 99th percentile on the wire; seconds
--   wire_max_seconds: longest on the wire; seconds
--   logged: of these, those with a log line that has a duration
--   log_p50_seconds: median inside the server; seconds
--   log_p99_seconds: 99th percentile inside the server; seconds
--   outside_p50_seconds: median of wire less log; seconds
--   outside_p99_seconds: 99th percentile of wire less log; seconds
-- chart: {mark: range, x: server, y: [wire_p50_seconds, wire_p90_seconds, wire_p99_seconds], y_scale: log, label:
--     [wire_p99_seconds, name]}
-- ---
with lines as (
  select transaction_id, max(duration_seconds) as duration_seconds
  from log_queries
  where transaction_id is not null
  group by transaction_id
),
answered as (
  select
    coalesce(t.backend, t.server) as server,
    t.response_seconds,
    l.duration_seconds,
    case
      when t.response_seconds > l.duration_seconds then t.response_seconds - l.duration_seconds
      when l.duration_seconds is not null then 0e0
    end as outside_seconds
  from narrowed.transactions as t
  left join lines as l on l.transaction_id = t.transaction_id
  where t.state = 'answered'
)
select
  a.server,
  s.role,
  s.name,
  count(*) as answered,
  approx_percentile(a.response_seconds, 0.5) as wire_p50_seconds,
  approx_percentile(a.response_seconds, 0.9) as wire_p90_seconds,
  approx_percentile(a.response_seconds, 0.99) as wire_p99_seconds,
  max(a.response_seconds) as wire_max_seconds,
  count(a.duration_seconds) as logged,
  approx_percentile(a.duration_seconds, 0.5) as log_p50_seconds,
  approx_percentile(a.duration_seconds, 0.99) as log_p99_seconds,
  approx_percentile(a.outside_seconds, 0.5) as outside_p50_seconds,
  approx_percentile(a.outside_seconds, 0.99) as outside_p99_seconds
from answered as a
left join servers as s on s.server = a.server
group by a.server, s.role, s.name
order by wire_p99_seconds desc, a.server
