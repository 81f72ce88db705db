-- ---
-- title: Every sending of a query with all its copies
-- description: One row per query that was sent once, folded from its copies.
-- from: [raw.sightings, raw.packets, raw.shapes, temp.folded_copies, work.ways, work.name_ids]
-- materialized: table
-- key: [key, attempt]
-- parts: raw.sightings
-- ---
with folded as (
  select * from temp.folded_copies where work.in_part(query)
),
asked as (
  select
    f.*,
    epoch_ns(m.time) as query_ns,
    m.source_id,
    m.frame,
    m.path_id,
    p.qname_id as raw_qname_id,
    p.qtype,
    p.txid,
    p.client_port,
    p.bytes as query_bytes
  from folded as f
  inner join raw.sightings as m on m.rowid = f.query
  inner join raw.packets as p on p.packet_id = m.packet_id
  -- for the scan of raw.sightings, which would read all of them
  where work.in_part(m.rowid)
),
-- by itself: of left joins DuckDB puts the whole of raw.sightings and raw.packets into memory
answers as (
  select
    f.answer,
    epoch_ns(m.time) as ns,
    m.source_id,
    m.frame,
    m.path_id,
    p.shape_id,
    p.bytes,
    p.min_ttl
  from folded as f
  inner join raw.sightings as m on m.rowid = f.answer
  inner join raw.packets as p on p.packet_id = m.packet_id
)
select
  q.key,
  q.attempt,
  name.name_id as qname_id,
  q.qtype,
  qw.protocol,
  q.txid,
  -- the query, as its client sent it and as it was seen last
  qw.src_id as client_id,
  q.client_port,
  qw.dst_id as server_id,
  q.last_dst_id,
  q.query_ns - qw.ahead_ns as asked_ns,
  q.source_id,
  q.frame,
  q.query as message,
  qw.interface_id,
  qw.direction,
  q.query_bytes,
  q.query_hop_min,
  qw.hop_limit as query_hop_max,
  q.copies,
  q.watched_until_ns,
  -- the response, nearest to the client and nearest to the server
  aw.src_id as answer_src_id,
  q.first_src_id as answer_first_src_id,
  a.ns - aw.ahead_ns as answered_ns,
  q.answer_first_ns,
  a.source_id as answer_source_id,
  a.frame as answer_frame,
  aw.interface_id as answer_interface_id,
  aw.direction as answer_direction,
  h.flags as answer_flags,
  h.rcode,
  a.bytes as answer_bytes,
  h.answers,
  a.min_ttl,
  aw.hop_limit as answer_hop_min,
  q.answer_hop_max,
  q.answer_copies
from asked as q
inner join work.ways as qw on qw.path_id = q.path_id
left join answers as a on a.answer = q.answer
left join raw.shapes as h on h.shape_id = a.shape_id
left join work.ways as aw on aw.path_id = a.path_id
left join work.name_ids as name on name.raw_id = q.raw_qname_id
