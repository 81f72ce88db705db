-- ---
-- title: Answers that came late though the log calls them quick
-- description: One row per query of a program whose answer was late on the wire and quick by its log line; it or its
--   answer waited at the server.
-- from: [work.wire_transactions, work.at_a_timer, work.log_line_matches, work.forwarders, raw.log_queries]
-- materialized: table
-- key: [transaction_id]
-- ---
select t.transaction_id, t.server_id, t.asked_ns
from work.wire_transactions as t
inner join work.log_line_matches as m on m.transaction_id = t.transaction_id
inner join raw.log_queries as q on q.source_id = m.source_id and q.line = m.line
where t.state = 'answered'
  and t.client_id not in (select f.address_id from work.forwarders as f)
  and t.answered_ns - t.asked_ns >= work.ns($late_seconds)
  and work.ns(q.duration_seconds) < $log_quick_share * (t.answered_ns - t.asked_ns)
  and t.transaction_id not in (select a.transaction_id from work.at_a_timer as a)
