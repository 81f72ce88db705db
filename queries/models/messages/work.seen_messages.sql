-- ---
-- title: Messages as they were seen, in numbers
-- description: >
--   One row per DNS message on the wire, each time it was seen, with its number in the order of the evidence (message)
--   and its ids. What it has in common with many others, such as flags, is in raw.shapes.
-- from: [raw.sightings, raw.packets, raw.paths]
-- materialized: view
-- key: [message]
-- ---
select
  s.rowid as message,
  s.source_id,
  s.frame,
  s.time,
  w.interface_id,
  w.direction,
  w.tunnel,
  w.protocol,
  w.is_response,
  w.src_id,
  case when w.is_response then w.server_port else p.client_port end as src_port,
  w.dst_id,
  case when w.is_response then p.client_port else w.server_port end as dst_port,
  p.ip_id,
  w.hop_limit,
  p.key,
  p.txid,
  p.qname_id,
  p.qtype,
  p.shape_id,
  p.bytes,
  p.min_ttl
from raw.sightings as s
inner join raw.packets as p on p.packet_id = s.packet_id
inner join raw.paths as w on w.path_id = s.path_id
