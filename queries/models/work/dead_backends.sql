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
  inner join (select distinct namespace, name, address from raw.cluster_objects where kind = 'Service') as v
    on v.namespace = o.namespace and v.name = case o.kind when 'Endpoints' then o.name when 'EndpointSlice' then o.owner end
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
-- how many there were of a server's answers, of its losses that may be any backend's, and of those at one backend, up to each moment
answered_until as (
  select server_id, ns, max(count) as count
  from (select server_id, ns, row_number() over (partition by server_id order by ns) as count from answered) as a
  group by server_id, ns
),
lost_anywhere as (
  select server_id, asked_ns as ns from work.losses where query_reached_server is not true
),
lost_anywhere_until as (
  select server_id, ns, max(count) as count
  from (select server_id, ns, row_number() over (partition by server_id order by ns) as count from lost_anywhere) as x
  group by server_id, ns
),
lost_there as (
  select server_id, backend_id, asked_ns as ns from work.losses where query_reached_server and backend_id is not null
),
lost_there_until as (
  select server_id, backend_id, ns, max(count) as count
  from (select *, row_number() over (partition by server_id, backend_id order by ns) as count from lost_there) as x
  group by server_id, backend_id, ns
),
answered_total as (
  select server_id, count(*) as count from answered group by server_id
),
lost_anywhere_total as (
  select server_id, count(*) as count from lost_anywhere group by server_id
),
lost_there_total as (
  select server_id, backend_id, count(*) as count from lost_there group by server_id, backend_id
),
since as (
  select
    l.server_id,
    l.backend_id,
    l.address,
    l.since_ns,
    l.backends,
    coalesce(t.count, 0) - coalesce(a.count, 0) as answered_by_others,
    coalesce(xt.count, 0) + coalesce(yt.count, 0) - coalesce(x.count, 0) - coalesce(y.count, 0) as lost_since,
    coalesce(x.count, 0) + coalesce(y.count, 0) as lost_before
  from last_answers as l
  left join answered_total as t on t.server_id = l.server_id
  left join lost_anywhere_total as xt on xt.server_id = l.server_id
  left join lost_there_total as yt on yt.server_id = l.server_id and yt.backend_id = l.backend_id
  asof left join answered_until as a on a.server_id = l.server_id and a.ns <= l.since_ns
  asof left join lost_anywhere_until as x on x.server_id = l.server_id and x.ns <= l.since_ns
  asof left join lost_there_until as y on y.server_id = l.server_id and y.backend_id = l.backend_id and y.ns <= l.since_ns
)
select *
from since
where backends > 1
  and lost_since >= 3
  and lost_since > 4 * lost_before
  and (answered_by_others + lost_since) * ln(backends / (backends - 1)) > ln(1000)
  -- a dead one takes its share of the flows, no more than some retries beyond it
  and lost_since >= 0.3 * (answered_by_others + lost_since) / backends
