-- ---
-- title: Answers of programs and whether their server was late by itself
-- description: >
--   One row per answered query of a program with the seconds that the wire shows and those that its log line says: late
--   but quick in the log, or late, without a line, for a name that no upstream was asked for.
-- from: [work.judged_transactions, work.late_but_quick, work.at_a_timer, work.log_line_matches, work.upstream_queries,
--   raw.log_queries]
-- materialized: view
-- key: [transaction_id]
-- ---
with forwarded as (
  select distinct qname_id, qtype from work.upstream_queries
),
timed as (
  select
    t.transaction_id,
    coalesce(t.backend_id, t.server_id) as server_id,
    t.client_id,
    t.client_port,
    t.asked_ns,
    t.answered_ns,
    t.qname_id,
    t.qtype,
    t.rcode,
    (t.answered_ns - t.asked_ns) / 1e9 as seconds,
    q.duration_seconds
  from work.judged_transactions as t
  left join work.log_line_matches as m on m.transaction_id = t.transaction_id
  left join raw.log_queries as q on q.source_id = m.source_id and q.line = m.line
  where t.state = 'answered' and not t.from_forwarder
)
select
  t.transaction_id,
  t.server_id,
  t.client_id,
  t.client_port,
  t.asked_ns,
  t.answered_ns,
  t.rcode,
  t.seconds,
  t.transaction_id in (select q.transaction_id from work.late_but_quick as q) as late_but_quick,
  t.seconds >= $late_seconds and t.duration_seconds is null and f.qname_id is null and work.is_settled(t.rcode)
    and t.transaction_id not in (select a.transaction_id from work.at_a_timer as a) as late_alone
from timed as t
left join forwarded as f on f.qname_id = t.qname_id and f.qtype = t.qtype
