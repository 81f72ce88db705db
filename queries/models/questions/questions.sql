-- ---
-- title: Questions
-- description: >
--   One row for what a resolver asked until it had an answer or gave up. Where it still waited when the capture ended
--   (still_open), waited_seconds is the least that it waited.
-- from: [work.wire_questions, work.address_ids, work.name_ids, raw.codes, work.forwarders, work.question_lookups]
-- materialized: view
-- key: [question_id]
-- columns:
--   attempts: how often it was asked
--   gaps_seconds: times between one attempt and the next; seconds
--   outcome: how it ended, such as answered, negative or unanswered
--   waited_seconds: from the first attempt until the answer or the end; the least where it is still open; seconds
--   longest_gap_seconds: the longest of the gaps; seconds
--   server: address of the server that it was asked of first
--   passes_errors: the resolver went on after an error as if there was no answer, as musl does
--   first_transaction_id: its first attempt, in transactions
--   lookup_id: the lookup that it is a step of; null where it is of none
-- ---
select
  q.question_id,
  client.address as client,
  n.name as qname,
  coalesce(t.mnemonic, 'TYPE' || q.qtype) as qtype,
  make_timestamp_ns(q.asked_ns) as asked_at,
  q.attempts,
  q.gaps_seconds,
  q.outcome,
  case when q.timed then (q.ended_ns - q.asked_ns) / 1e9 end as waited_seconds,
  q.still_open,
  q.longest_gap as longest_gap_seconds,
  coalesce(r.mnemonic, 'RCODE' || q.rcode) as rcode,
  server.address as server,
  q.passes_errors,
  q.transaction_id as first_transaction_id,
  l.lookup_id,
  q.client_id in (select f.address_id from work.forwarders as f) as from_forwarder
from work.wire_questions as q
inner join work.address_ids as client on client.raw_id = q.client_id
inner join work.address_ids as server on server.raw_id = q.server_id
inner join work.name_ids as n on n.raw_id = q.qname_id
left join work.question_lookups as l on l.question_id = q.question_id
left join raw.codes as t on t.registry = 'type' and t.code = q.qtype
left join raw.codes as r on r.registry = 'rcode' and r.code = q.rcode
