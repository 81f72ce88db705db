-- ---
-- title: Clients that are seen from afar alone
-- description: >
--   One row per client all of whose queries had passed a hop when they were first seen: it runs on another host than those that captured. Where a service has several servers, what
--   it asked of the others was not seen, and of a walk only some steps were.
-- from: [work.seen_messages, work.address_ids]
-- materialized: table
-- key: [client_id]
-- ---
select i.address_id as client_id
from (
  select src_id, bool_or(coalesce(hop_limit, 0) = 0 or work.is_first_hop(hop_limit)) as near
  from work.seen_messages
  where not is_response
  group by src_id
) as s
inner join work.address_ids as i on i.raw_id = s.src_id
group by i.address_id
having not bool_or(s.near)
