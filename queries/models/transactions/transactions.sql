-- ---
-- title: Transactions
-- description: >
--   One row for each query a client sent once, with its response if any. Queries that left in one TCP segment were sent
--   once: the row is the first one's, and sent_with names the types of the others, which have rows of their own in
--   questions.
-- from: [work.segment_mates, work.judged_transactions, work.question_attempts, work.icmp_ends, work.address_ids,
--   work.name_ids, raw.sources, raw.codes]
-- materialized: view
-- key: [transaction_id]
-- columns:
--   backend: address that the query was translated to (DNAT), as seen; null where not seen
--   answered_at: when the client's leg saw the response, UTC; null without one
--   response_seconds: from query to response; null without one or without times; seconds
--   state: answered, unanswered, or unknown where this evidence cannot tell
--   query_reached_server: whether the query reached the server; null where this evidence cannot tell
--   response_left_server: whether the server sent a response; null where this evidence cannot tell
--   query_last_seen: last place on the way where a query without a response was seen
--   query_missing_at: next place on the way, where it should have been seen and was not
--   response_last_seen: last place on the way where the response was seen
--   response_missing_at: next place on the way, where it should have been seen and was not
--   lost_at: where a query or response that was lost went missing, in words
--   icmp: the ICMP error that answered it, such as port-unreachable; null without
--   icmp_from: address that sent the ICMP error
--   icmp_at: when the ICMP error was seen, UTC
--   copies: how often the query was seen on its way
--   answers: records of the answer section
--   query_bytes: length of the query in octets
--   answer_bytes: length of the response in octets
--   source_id: the capture in which the query was first seen, in sources
--   frame: frame in which the query was first seen
--   sent_with: types of other queries that left in the same TCP segment
--   in_log: whether a log has a line of it; null where no log could
-- ---
select
  w.transaction_id,
  client.address as client,
  nullif(w.client_port, 0) as client_port,
  server.address as server,
  backend.address as backend,
  p.mnemonic as protocol,
  case when source.lacks is null then w.txid end as txid,
  n.name as qname,
  coalesce(t.mnemonic, 'TYPE' || w.qtype) as qtype,
  make_timestamp_ns(w.asked_ns) as asked_at,
  case when w.state = 'answered' then make_timestamp_ns(w.answered_ns) end as answered_at,
  case when w.state = 'answered' and w.timed then (w.answered_ns - w.asked_ns) / 1e9 end as response_seconds,
  case when w.state = 'answered' then coalesce(r.mnemonic, 'RCODE' || w.rcode) end as rcode,
  w.state,
  w.query_reached_server,
  w.response_left_server,
  w.query_last_seen,
  w.query_missing_at,
  w.response_last_seen,
  w.response_missing_at,
  w.lost_at,
  i.error as icmp,
  sender.address as icmp_from,
  make_timestamp_ns(i.ns) as icmp_at,
  w.copies,
  w.answer_copies,
  coalesce(a.question_id, w.transaction_id) as question_id,
  coalesce(a.attempt, 1) as attempt,
  case when w.state = 'answered' then w.answers end as answers,
  case when w.state = 'answered' then w.min_ttl end as min_ttl,
  w.state = 'answered' and (w.answer_flags & 512) > 0 as truncated,
  w.query_bytes,
  w.answer_bytes,
  w.source_id,
  w.frame,
  w.answer_frame,
  mates.types as sent_with,
  w.in_log,
  w.from_forwarder
from work.judged_transactions as w
left join raw.sources as source on source.source_id = w.source_id
left join work.question_attempts as a on a.transaction_id = w.transaction_id
inner join work.address_ids as client on client.raw_id = w.client_id
inner join work.address_ids as server on server.raw_id = w.server_id
left join work.address_ids as backend on backend.raw_id = w.backend_id
left join work.icmp_ends as i on i.transaction_id = w.transaction_id
left join work.address_ids as sender on sender.raw_id = i.from_id
inner join work.name_ids as n on n.raw_id = w.qname_id
left join raw.codes as t on t.registry = 'type' and t.code = w.qtype
left join raw.codes as r on r.registry = 'rcode' and r.code = w.rcode
left join raw.codes as p on p.registry = 'protocol' and p.code = w.protocol
left join (
  select s.first_id, string_agg(coalesce(o.mnemonic, 'TYPE' || s.qtype), ',' order by s.transaction_id) as types
  from work.segment_mates as s
  left join raw.codes as o on o.registry = 'type' and o.code = s.qtype
  group by s.first_id
) as mates on mates.first_id = w.transaction_id
where w.transaction_id not in (select m.transaction_id from work.segment_mates as m)
