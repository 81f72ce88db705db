-- ---
-- title: Transactions as their clients saw them
-- description: One row a query a client sent once, with the time, code and truncation of its answer only where that was delivered.
-- from: [work.wire_transactions]
-- materialized: view
-- ---
select
  transaction_id,
  client_id,
  client_port,
  server_id,
  qname_id,
  qtype,
  txid,
  protocol,
  asked_ns,
  state,
  case when state = 'answered' then answered_ns end as answered_ns,
  case when state = 'answered' then rcode end as rcode,
  state = 'answered' and work.is_truncated(answer_flags) as truncated,
  answers,
  timed,
  answer_bytes
from work.wire_transactions
