-- ---
-- title: Servers behind each address
-- description: >
--   One row per address that queries were sent to and a server behind it: one that answered for it, one that
--   translation chose, or one of the service's endpoints (with no id where no packet shows it); no more than are looked
--   at one by one.
-- from: [work.judged_transactions, work.address_ids, raw.cluster_objects]
-- materialized: table
-- key: [server_id, address]
-- ---
with seen as (
  select server_id, answer_first_src_id as backend_id
  from work.judged_transactions
  where answer_first_src_id <> server_id and not from_forwarder
  union
  select server_id, backend_id
  from work.judged_transactions
  where backend_id <> server_id and not from_forwarder
),
members as (
  select s.server_id, s.backend_id, i.address
  from seen as s
  inner join work.address_ids as i on i.raw_id = s.backend_id
  union
  select s.address_id, a.address_id, o.address
  from raw.cluster_objects as o
  inner join (select distinct namespace, name, address from raw.cluster_objects where kind = 'Service') as v
    on v.namespace is not distinct from o.namespace
      and v.name = case o.kind when 'Endpoints' then o.name when 'EndpointSlice' then o.owner end
  inner join work.address_ids as s on s.address = v.address
  left join work.address_ids as a on a.address = o.address
  where o.kind in ('Endpoints', 'EndpointSlice')
    and o.address is not null
    and s.address_id in (select distinct j.server_id from work.judged_transactions as j)
)
select *
from members
qualify row_number() over (partition by server_id order by backend_id is null, backend_id, address) <= $most_members
