-- ---
-- title: What slow and failed lookups waited for
-- description: >
--   One row an attempt that a slow or failed lookup waited for, with the seconds that it cost, the cause that it shows (null where the evidence shows none) and what that
--   rests on: the upstream queries meanwhile, the log's line, the twin.
-- from: [work.attempt_delays, work.late_transactions, work.race_losses, work.address_ids, raw.codes]
-- materialized: view
-- ---
select
  d.lookup_id,
  d.question_id,
  d.transaction_id,
  d.cost_seconds,
  d.cause,
  d.unreachable_suffix,
  t.upstream_queries,
  t.upstream_lost,
  t.upstream_seconds,
  t.upstream_rate,
  u.address as upstream,
  t.log_seconds,
  coalesce(r.mnemonic, 'RCODE' || t.log_rcode) as log_rcode,
  t.no_reply,
  coalesce(h.half, false) as twin_answered,
  h.one_socket
from work.attempt_delays as d
inner join work.late_transactions as t on t.transaction_id = d.transaction_id
left join work.race_losses as h on h.transaction_id = d.transaction_id
left join work.address_ids as u on u.raw_id = t.upstream_id
left join raw.codes as r on r.registry = 'rcode' and r.code = t.log_rcode
