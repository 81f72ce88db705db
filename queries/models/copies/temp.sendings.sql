-- ---
-- title: Every sending of a query with all its copies
-- description: One row per query that was sent once, folded from its copies.
-- from: [raw.sightings, raw.packets, raw.shapes, temp.folded_copies, work.ways, work.name_ids]
-- materialized: table
-- parts: key
-- ---
select
  f.key,
  f.attempt,
  name.name_id as qname_id,
  qp.qtype,
  qw.protocol,
  qp.txid,
  -- the query, as its client sent it and as it was seen last
  qw.src_id as client_id,
  qp.client_port,
  qw.dst_id as server_id,
  f.last_dst_id,
  epoch_ns(q.time) - qw.ahead_ns as asked_ns,
  q.source_id,
  q.frame,
  f.query as message,
  qw.interface_id,
  qw.direction,
  qp.bytes as query_bytes,
  f.query_hop_min,
  qw.hop_limit as query_hop_max,
  f.copies,
  f.watched_until_ns,
  -- the response, nearest to the client and nearest to the server
  aw.src_id as answer_src_id,
  f.first_src_id as answer_first_src_id,
  epoch_ns(a.time) - aw.ahead_ns as answered_ns,
  f.answer_first_ns,
  a.source_id as answer_source_id,
  a.frame as answer_frame,
  aw.interface_id as answer_interface_id,
  aw.direction as answer_direction,
  h.flags as answer_flags,
  h.rcode,
  ap.bytes as answer_bytes,
  h.answers,
  ap.min_ttl,
  aw.hop_limit as answer_hop_min,
  f.answer_hop_max,
  f.answer_copies
from temp.folded_copies as f
inner join raw.sightings as q on q.rowid = f.query
inner join raw.packets as qp on qp.packet_id = q.packet_id
inner join work.ways as qw on qw.path_id = q.path_id
left join raw.sightings as a on a.rowid = f.answer
left join raw.packets as ap on ap.packet_id = a.packet_id
left join raw.shapes as h on h.shape_id = ap.shape_id
left join work.ways as aw on aw.path_id = a.path_id
left join work.name_ids as name on name.raw_id = qp.qname_id
