-- ---
-- title: Which queries went to another node
-- description: One row per program's query of which it is known on which node its client and the server behind it run,
--   answered or not.
-- from: [work.judged_transactions, work.client_facts, work.address_ids, raw.cluster_objects]
-- materialized: table
-- key: [transaction_id]
-- ---
with servers as (
  select i.raw_id as backend_id, any_value(o.node) as node
  from raw.cluster_objects as o
  inner join work.address_ids as i on i.address = o.address
  where o.kind = 'Pod' and o.node is not null and not coalesce(o.host_network, false)
  group by i.raw_id
)
select t.transaction_id, t.state, s.node = c.node as same_node
from work.judged_transactions as t
inner join work.client_facts as c on c.client_id = t.client_id
inner join servers as s on s.backend_id = t.backend_id
where t.state <> 'unknown' and not t.from_forwarder and c.node is not null
