-- ---
-- title: Which legs each capture shows
-- description: >
--   One row per capture, interface and server address that clients asked there: whether answers, the way further to the
--   server and the way back from it can be seen. A leg that a capture never shows proves nothing by its absence.
-- kind: table
-- requires: [messages]
-- narrow: [capture, server, queries, answered, seen_further, conclusion]
-- columns:
--   capture: path of the capture
--   interface: interface of the clients' legs, if the capture says
--   server: address that was asked
--   role: what the address is
--   queries: queries seen on these legs
--   answered: of these, with an answer on the same leg
--   seen_further: of the answered, those seen again on the way to the server
--   answer_seen_before: of the answered, those whose answer was seen nearer to the server too
--   conclusion: what can be said from it
-- ---
select
  s.path as capture,
  v.interface,
  v.server,
  r.role,
  v.sendings as queries,
  v.answered,
  v.query_seen_further as seen_further,
  v.answer_seen_before,
  case
    when v.answered = 0
      then 'no answer was ever seen here: losses cannot be told from answers that this capture does not see'
    when v.query_seen_further >= 0.9e0 * v.answered and v.answer_seen_before >= 0.9e0 * v.answered
      then 'losses are told, and whether the query or the answer was lost'
    when v.query_seen_further >= 0.9e0 * v.answered then 'losses are told, and whether the query was sent on'
    else 'losses are told, but not where: no other leg is seen; a capture on the server or its log would say'
  end as conclusion
from capture_visibility as v
inner join sources as s on s.source_id = v.source_id
left join servers as r on r.server = v.server
order by capture, queries desc, v.server, v.interface
