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
  transactions.transaction_id,
  client.address as client,
  nullif(transactions.client_port, 0) as client_port,
  server.address as server,
  backend.address as backend,
  protocols.mnemonic as protocol,
  case when source.lacks is null then transactions.txid end as txid,
  qname.name as qname,
  coalesce(types.mnemonic, 'TYPE' || transactions.qtype) as qtype,
  make_timestamp_ns(transactions.asked_ns) as asked_at,
  case when transactions.state = 'answered' then make_timestamp_ns(transactions.answered_ns) end as answered_at,
  case
    when transactions.state = 'answered' and transactions.timed
      then (transactions.answered_ns - transactions.asked_ns) / 1e9
  end as response_seconds,
  case when transactions.state = 'answered' then coalesce(rcodes.mnemonic, 'RCODE' || transactions.rcode) end as rcode,
  transactions.state,
  transactions.query_reached_server,
  transactions.response_left_server,
  transactions.query_last_seen,
  transactions.query_missing_at,
  transactions.response_last_seen,
  transactions.response_missing_at,
  transactions.lost_at,
  icmp_ends.error as icmp,
  sender.address as icmp_from,
  make_timestamp_ns(icmp_ends.ns) as icmp_at,
  transactions.copies,
  transactions.answer_copies,
  coalesce(attempts.question_id, transactions.transaction_id) as question_id,
  coalesce(attempts.attempt, 1) as attempt,
  case when transactions.state = 'answered' then transactions.answers end as answers,
  case when transactions.state = 'answered' then transactions.min_ttl end as min_ttl,
  transactions.state = 'answered' and (transactions.answer_flags & 512) > 0 as truncated,
  transactions.query_bytes,
  transactions.answer_bytes,
  transactions.source_id,
  transactions.frame,
  transactions.answer_frame,
  mates.types as sent_with,
  transactions.in_log,
  transactions.from_forwarder
from work.judged_transactions as transactions
left join raw.sources as source on source.source_id = transactions.source_id
left join work.question_attempts as attempts on attempts.transaction_id = transactions.transaction_id
inner join work.address_ids as client on client.raw_id = transactions.client_id
inner join work.address_ids as server on server.raw_id = transactions.server_id
left join work.address_ids as backend on backend.raw_id = transactions.backend_id
left join work.icmp_ends on icmp_ends.transaction_id = transactions.transaction_id
left join work.address_ids as sender on sender.raw_id = icmp_ends.from_id
inner join work.name_ids as qname on qname.raw_id = transactions.qname_id
left join raw.codes as types on types.registry = 'type' and types.code = transactions.qtype
left join raw.codes as rcodes on rcodes.registry = 'rcode' and rcodes.code = transactions.rcode
left join raw.codes as protocols on protocols.registry = 'protocol' and protocols.code = transactions.protocol
left join (
  select s.first_id, string_agg(coalesce(o.mnemonic, 'TYPE' || s.qtype), ',' order by s.transaction_id) as types
  from work.segment_mates as s
  left join raw.codes as o on o.registry = 'type' and o.code = s.qtype
  group by s.first_id
) as mates on mates.first_id = transactions.transaction_id
where transactions.transaction_id not in (select m.transaction_id from work.segment_mates as m)
