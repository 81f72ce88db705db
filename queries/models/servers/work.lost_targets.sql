-- ---
-- title: Which servers the lost queries may have been for
-- description: >
--   One row per query of a program that got no answer from any server and that neither a network policy nor a full
--   conntrack table lost (or whose answer could still come as the evidence ends: open), and a server behind its address
--   that it may have been sent to: the one that translation chose, or each of them where none of its legs shows that;
--   and one with neither id nor address for the address as a whole.
-- from: [work.losses, work.policy_losses, work.full_losses, work.judged_transactions, work.service_members,
--   work.icmp_ends]
-- materialized: table
-- ---
with unanswered as (
  select
    transaction_id,
    server_id,
    backend_id,
    client_id,
    client_port,
    asked_ns,
    query_reached_server,
    response_left_server,
    false as open
  from work.losses
  where transaction_id not in (select p.transaction_id from work.policy_losses as p)
    and transaction_id not in (select f.transaction_id from work.full_losses as f)
  union all
  select
    transaction_id,
    server_id,
    backend_id,
    client_id,
    client_port,
    asked_ns,
    query_reached_server,
    response_left_server,
    true
  from work.judged_transactions
  where state = 'unknown' and not from_forwarder and server_id in (select l.server_id from work.losses as l)
    and transaction_id not in (select p.transaction_id from work.policy_losses as p)
),
lost as (
  select
    l.transaction_id,
    l.server_id,
    -- what answers in its own name, or was seen on no further leg, stands for nothing behind it
    nullif(l.backend_id, l.server_id) as backend_id,
    l.client_id,
    l.client_port,
    l.asked_ns,
    l.query_reached_server,
    l.open,
    i.error = 'port unreachable' as refused,
    i.from_id as refused_by_id
  from unanswered as l
  left join work.icmp_ends as i on i.transaction_id = l.transaction_id and not i.of_response
  where l.response_left_server is not true
)
select
  l.* exclude (backend_id),
  m.backend_id,
  m.address,
  l.backend_id is not null as addressed
from lost as l
inner join work.service_members as m
  on m.server_id = l.server_id
  and (
    m.backend_id = l.backend_id
    or l.backend_id is null
    and l.query_reached_server is not true
    and (l.refused_by_id is null or l.refused_by_id = m.backend_id)
  )
union all
select l.* exclude (backend_id), null, null, l.backend_id is not null
from lost as l
