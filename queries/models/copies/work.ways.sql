-- ---
-- title: Paths with what is known of their ends and places
-- description: >
--   One row per path that messages were seen on, with its addresses as all evidence has them (work.address_ids),
--   whether the server's end is a service's address, how near its capture lies to the client, and its capture's clock
--   and end.
-- from: [raw.paths, work.address_ids, work.service_addresses, work.client_captures, work.capture_clocks]
-- materialized: view
-- key: [path_id]
-- ---
select
  w.path_id,
  w.source_id,
  w.interface_id,
  w.direction,
  w.protocol,
  w.is_response,
  src.address_id as src_id,
  dst.address_id as dst_id,
  w.hop_limit,
  case when w.is_response then w.src_id else w.dst_id end in (
    select s.raw_id
    from work.service_addresses as s
  ) as of_service,
  n.nearness,
  coalesce(c.ahead_ns, 0) as ahead_ns,
  c.until_ns
from raw.paths as w
left join work.address_ids as src on src.raw_id = w.src_id
left join work.address_ids as dst on dst.raw_id = w.dst_id
left join work.capture_clocks as c on c.source_id = w.source_id
left join work.client_captures as n
  on n.client_id = case when w.is_response then w.dst_id else w.src_id end and n.capture_id = c.capture_id
