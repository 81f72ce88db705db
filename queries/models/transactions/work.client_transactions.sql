-- ---
-- title: Transactions as their clients saw them
-- description: >
--   One row per query a client sent once, with the time, code and truncation of its answer only where that was
--   delivered, and until when an answer would have been seen. Capturing most likely went on, without a packet, until
--   the last sample of counters that were taken beside it (sampled).
-- from: [work.wire_transactions, sources]
-- materialized: view
-- key: [transaction_id]
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
  answer_bytes,
  watched_until_ns,
  -- samples that end much later say nothing of the capture's end
  case
    when sampled.until_ns < watched_until_ns + work.ns($sampled_on_seconds)
      then greatest(watched_until_ns, sampled.until_ns) else watched_until_ns
  end as sampled_until_ns,
  open_at_end
from work.wire_transactions
cross join (select max(epoch_ns(last_time)) as until_ns from sources where kind = 'conntrack-stats') as sampled
