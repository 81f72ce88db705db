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
  questions.question_id,
  client.address as client,
  qname.name as qname,
  coalesce(types.mnemonic, 'TYPE' || questions.qtype) as qtype,
  make_timestamp_ns(questions.asked_ns) as asked_at,
  questions.attempts,
  questions.gaps_seconds,
  questions.outcome,
  case when questions.timed then (questions.ended_ns - questions.asked_ns) / 1e9 end as waited_seconds,
  questions.still_open,
  questions.longest_gap as longest_gap_seconds,
  coalesce(rcodes.mnemonic, 'RCODE' || questions.rcode) as rcode,
  server.address as server,
  questions.passes_errors,
  questions.transaction_id as first_transaction_id,
  of_lookup.lookup_id,
  questions.client_id in (select f.address_id from work.forwarders as f) as from_forwarder
from work.wire_questions as questions
inner join work.address_ids as client on client.raw_id = questions.client_id
inner join work.address_ids as server on server.raw_id = questions.server_id
inner join work.name_ids as qname on qname.raw_id = questions.qname_id
left join work.question_lookups as of_lookup on of_lookup.question_id = questions.question_id
left join raw.codes as types on types.registry = 'type' and types.code = questions.qtype
left join raw.codes as rcodes on rcodes.registry = 'rcode' and rcodes.code = questions.rcode
