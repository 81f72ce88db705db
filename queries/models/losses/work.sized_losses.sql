-- ---
-- title: Answers over UDP that were lost, with their size
-- description: One row per program's query whose answer is known to have left its server and never came to the client,
--   with the octets of that answer as a leg or the server's log has them.
-- from: [work.judged_transactions, work.log_line_matches, raw.log_queries]
-- materialized: table
-- key: [transaction_id]
-- ---
with logged as (
  select m.transaction_id, max(q.response_bytes) as bytes
  from work.log_line_matches as m
  inner join raw.log_queries as q on q.source_id = m.source_id and q.line = m.line
  group by m.transaction_id
)
select
  t.transaction_id,
  t.qname_id,
  t.qtype,
  greatest(coalesce(t.answer_bytes, 0), coalesce(l.bytes, 0))::BIGINT as bytes,
  t.response_left_server as on_the_wire
from work.judged_transactions as t
left join logged as l on l.transaction_id = t.transaction_id
where t.state = 'unanswered' and not t.from_forwarder and t.protocol = 0
  and (t.answer_bytes > 0 and t.response_left_server or l.bytes > 0)
