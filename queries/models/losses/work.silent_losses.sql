-- ---
-- title: Lost queries that a network policy or a silent server accounts for
-- description: >
--   One row per program's query that was lost (or is open as the evidence ends while the silence lasts), the cause
--   among those of a way that was closed or of servers that were not there (policy-blocks-dns, no-ready-server,
--   first-server-dead, dead-backend, stale-conntrack) that accounts for it, and the address of the server that it was
--   for, where that is told; no other cause counts it.
-- from: [work.losses, work.policy_losses, work.lost_targets, work.empty_services, work.dead_nameservers,
--   work.dead_backends, work.stale_flows]
-- materialized: table
-- key: [transaction_id]
-- ---
with dead as (
  select
    server_id,
    backend_id,
    address,
    case when asked_itself then '' else address end as behind,
    from_ns,
    until_ns,
    -- what was on its way as it died went with it
    coalesce(from_ns, 0) - work.ns($dying_seconds) as since_ns
  from work.dead_backends
),
accounted as (
  select transaction_id, 0 as rank, 'policy-blocks-dns' as cause, null as address
  from work.policy_losses
  union all
  select l.transaction_id, 1, 'no-ready-server', null
  from work.lost_targets as l
  asof inner join work.empty_services as e
    on e.server_id = l.server_id and l.asked_ns >= coalesce(e.from_ns, 0) - work.ns($dying_seconds)
  -- nodes hear of new servers one after another
  where e.until_ns is null
    or l.asked_ns < e.until_ns
    or l.asked_ns < e.until_ns + work.ns($dying_seconds) and not l.addressed
  union all
  select l.transaction_id, 2, 'first-server-dead', n.address
  from work.lost_targets as l
  inner join work.dead_nameservers as n on n.server_id = l.server_id
  where l.address is null
  union all
  select l.transaction_id, 3, 'dead-backend', d.address
  from work.lost_targets as l
  asof inner join dead as d
    on d.server_id = l.server_id and d.behind = coalesce(l.address, '') and l.asked_ns >= d.since_ns
  where d.until_ns is null or l.asked_ns < d.until_ns
  union all
  -- its last answers too
  select l.transaction_id, 3, 'dead-backend', d.address
  from work.losses as l
  asof inner join dead as d on d.server_id = l.server_id and d.backend_id = l.backend_id and l.asked_ns >= d.since_ns
  where l.asked_ns <= d.from_ns
  union all
  select l.transaction_id, 4, 'stale-conntrack', null
  from work.lost_targets as l
  asof inner join work.stale_flows as f
    on f.server_id = l.server_id
      and f.client_id = l.client_id
      and f.client_port = l.client_port
      and l.asked_ns >= f.first_lost_ns
  where l.address is null and (f.until_ns is null or l.asked_ns < f.until_ns)
)
select transaction_id, arg_min(cause, rank) as cause, min(address) as address
from accounted
group by transaction_id
