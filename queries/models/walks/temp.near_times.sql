-- ---
-- title: Until when and from when on clients are seen from afar alone
-- description: >
--   One row per client with the first and the last time that a query of it was seen before it had passed a hop, on the
--   host that it runs on; null where there is none. What is seen of it outside of that time was captured on other hosts
--   alone, as before the capture on its own began: where a service has several servers, what it asked of the others was
--   not seen, and of a walk only some steps were.
-- from: [work.seen_messages, work.address_ids]
-- materialized: table
-- key: [client_id]
-- ---
select
  i.address_id as client_id,
  min(s.near_from_ns) as near_from_ns,
  max(s.near_until_ns) as near_until_ns
from (
  select
    src_id,
    epoch_ns(min(time) filter (where coalesce(hop_limit, 0) = 0 or work.is_first_hop(hop_limit))) as near_from_ns,
    epoch_ns(max(time) filter (where coalesce(hop_limit, 0) = 0 or work.is_first_hop(hop_limit))) as near_until_ns
  from work.seen_messages
  where not is_response
  group by src_id
) as s
inner join work.address_ids as i on i.raw_id = s.src_id
group by i.address_id
