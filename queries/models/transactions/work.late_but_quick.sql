-- ---
-- title: Answers that came late though the log calls them quick
-- description: >
--   One row per query of a program whose answer was late on the wire and quick by its log line: it or its answer waited at the server.
--   Not one that came as quick behind a resolver's timer as the log says, where the capture misses frames: those of the query that was sent again may be among them.
-- from: [work.wire_transactions, work.log_line_matches, work.forwarders, work.captures, work.capture_holes, raw.log_queries]
-- materialized: table
-- ---
select t.transaction_id, t.server_id, t.asked_ns
from work.wire_transactions as t
inner join work.log_line_matches as m on m.transaction_id = t.transaction_id
inner join raw.log_queries as q on q.source_id = m.source_id and q.line = m.line
left join work.captures as c on c.source_id = t.source_id
left join work.capture_holes as h on h.capture_id = c.capture_id
where t.state = 'answered'
  and t.client_id not in (select f.address_id from work.forwarders as f)
  and t.answered_ns - t.asked_ns >= work.ns($late_seconds)
  and work.ns(q.duration_seconds) < $log_quick_share * (t.answered_ns - t.asked_ns)
  and not (
    h.capture_id is not null
    and t.answered_ns - t.asked_ns between work.ns($timer_seconds) and work.ns($longest_timer_seconds)
    -- resolvers wait whole seconds, musl 2.5
    and (t.answered_ns - t.asked_ns - work.ns(q.duration_seconds - $order_slack_seconds)) % work.ns(0.5) < work.ns($quiet_jitter_seconds + $order_slack_seconds)
  )
