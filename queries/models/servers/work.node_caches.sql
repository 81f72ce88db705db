-- ---
-- title: NodeLocal caches that answer
-- description: >
--   One row per address of a NodeLocal cache that clients asked and that answered itself, not through a service.
-- from: [work.judged_transactions, work.address_ids]
-- materialized: table
-- key: [server_id]
-- ---
select t.server_id, a.address
from work.judged_transactions as t
inner join work.address_ids as a on a.raw_id = t.server_id
where not t.from_forwarder
  and (starts_with(a.address, '169.254.') or starts_with(a.address, 'fe80:') or starts_with(a.address, 'fd00:'))
group by t.server_id, a.address
having count(*) filter (where t.answer_first_src_id = t.server_id) > 0
  and count(*) filter (where t.answer_first_src_id <> t.server_id) = 0
