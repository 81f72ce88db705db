-- ---
-- title: Servers behind a service address that fell silent
-- description: >
--   One row a server that answered for a service address, or stands in its endpoints, and has answered nothing since some moment, while the others
--   answered so much that chance alone (each flow picks one of them) would leave it out once in a thousand times at most.
-- from: [work.judged_transactions, work.losses, work.address_ids, raw.cluster_objects]
-- materialized: table
-- ---
with answered as (
  select server_id, answer_first_src_id as backend_id, answer_first_ns as ns
  from work.judged_transactions
  where answer_first_src_id is not null and answer_first_src_id <> server_id and not from_forwarder
),
services as (
  select distinct server_id from answered
),
-- endpoints of a service stand for servers that never answered, also where no packet shows them
endpoints as (
  select distinct a.address_id as backend_id, s.server_id, o.address
  from raw.cluster_objects as o
  inner join raw.cluster_objects as v
    on v.kind = 'Service' and v.namespace = o.namespace and v.name = case o.kind when 'Endpoints' then o.name when 'EndpointSlice' then o.owner end
  left join work.address_ids as a on a.address = o.address
  inner join work.address_ids as sa on sa.address = v.address
  inner join services as s on s.server_id = sa.address_id
  where o.kind in ('Endpoints', 'EndpointSlice')
),
members as (
  select a.server_id, a.backend_id, i.address
  from answered as a
  inner join work.address_ids as i on i.raw_id = a.backend_id
  union
  select server_id, backend_id, address from endpoints
),
last_answers as (
  select
    m.server_id,
    m.backend_id,
    m.address,
    coalesce(max(a.ns), (select min(asked_ns) from work.judged_transactions)) as since_ns,
    count(*) over (partition by m.server_id) as backends
  from members as m
  left join answered as a on a.server_id = m.server_id and a.backend_id = m.backend_id
  group by m.server_id, m.backend_id, m.address
),
since as (
  select
    l.server_id,
    l.backend_id,
    l.address,
    l.since_ns,
    l.backends,
    (select count(*) from answered as a where a.server_id = l.server_id and a.ns > l.since_ns) as answered_by_others,
    (
      select count(*) from work.losses as x
      where x.server_id = l.server_id and x.asked_ns > l.since_ns and (x.query_reached_server is not true or x.backend_id = l.backend_id)
    ) as lost_since,
    (
      select count(*) from work.losses as x
      where x.server_id = l.server_id and x.asked_ns <= l.since_ns and (x.query_reached_server is not true or x.backend_id = l.backend_id)
    ) as lost_before
  from last_answers as l
)
select *
from since
where backends > 1
  and lost_since >= 3
  and lost_since > 4 * lost_before
  and (answered_by_others + lost_since) * ln(backends / (backends - 1)) > ln(1000)
  -- a dead one takes its share of the flows, no more than some retries beyond it
  and lost_since >= 0.3 * (answered_by_others + lost_since) / backends
