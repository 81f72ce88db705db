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
  paths.path_id,
  paths.source_id,
  paths.interface_id,
  paths.direction,
  paths.protocol,
  paths.is_response,
  src.address_id as src_id,
  dst.address_id as dst_id,
  paths.hop_limit,
  case when paths.is_response then paths.src_id else paths.dst_id end in (
    select s.raw_id
    from work.service_addresses as s
  ) as of_service,
  client_captures.nearness,
  coalesce(capture_clocks.ahead_ns, 0) as ahead_ns,
  capture_clocks.until_ns
from raw.paths
left join work.address_ids as src on src.raw_id = paths.src_id
left join work.address_ids as dst on dst.raw_id = paths.dst_id
left join work.capture_clocks on capture_clocks.source_id = paths.source_id
left join work.client_captures
  on client_captures.client_id = case when paths.is_response then paths.dst_id else paths.src_id end
    and client_captures.capture_id = capture_clocks.capture_id
