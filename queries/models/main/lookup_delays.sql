-- ---
-- title: What slow and failed lookups waited for
-- description: >
--   One row an attempt that a slow or failed lookup waited for, with the seconds that it cost, the cause that it shows (null where the evidence shows none) and what that
--   rests on: the upstream queries meanwhile, the log's line, the twin.
-- from: [work.attempt_delays, work.late_transactions, work.race_losses, work.walks, work.wire_steps, work.client_search, work.unreachable_suffixes, work.address_ids, raw.codes]
-- materialized: view
-- ---
with suffix_of as (
  select w.step_id, c.suffix
  from work.walks as w
  inner join work.wire_steps as s on s.step_id = w.step_id
  inner join work.client_search as c on c.client_id = s.client_id and c.position = w.place
  inner join work.unreachable_suffixes as u on u.suffix = c.suffix
)
select
  d.lookup_id,
  d.question_id,
  d.transaction_id,
  d.cost_seconds,
  case when s.suffix is not null then 'search-domain-unreachable' else d.cause end as cause,
  s.suffix as unreachable_suffix,
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
left join suffix_of as s on s.step_id = d.step_id
left join work.race_losses as h on h.transaction_id = d.transaction_id
left join work.address_ids as u on u.raw_id = t.upstream_id
left join raw.codes as r on r.registry = 'rcode' and r.code = t.log_rcode
