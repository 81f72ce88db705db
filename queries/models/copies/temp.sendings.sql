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
  asked.key,
  asked.attempt,
  name.name_id as qname_id,
  asked.qtype,
  qw.protocol,
  asked.txid,
  -- the query, as its client sent it and as it was seen last
  qw.src_id as client_id,
  asked.client_port,
  qw.dst_id as server_id,
  asked.last_dst_id,
  asked.query_ns - qw.ahead_ns as asked_ns,
  asked.source_id,
  asked.frame,
  asked.query as message,
  qw.interface_id,
  qw.direction,
  asked.query_bytes,
  asked.query_hop_min,
  qw.hop_limit as query_hop_max,
  asked.copies,
  asked.watched_until_ns,
  -- the response, nearest to the client and nearest to the server
  aw.src_id as answer_src_id,
  asked.first_src_id as answer_first_src_id,
  answers.ns - aw.ahead_ns as answered_ns,
  asked.answer_first_ns,
  answers.source_id as answer_source_id,
  answers.frame as answer_frame,
  aw.interface_id as answer_interface_id,
  aw.direction as answer_direction,
  shapes.flags as answer_flags,
  shapes.rcode,
  answers.bytes as answer_bytes,
  shapes.answers,
  answers.min_ttl,
  aw.hop_limit as answer_hop_min,
  asked.answer_hop_max,
  asked.answer_copies
from asked
inner join work.ways as qw on qw.path_id = asked.path_id
left join answers on answers.answer = asked.answer
left join raw.shapes on shapes.shape_id = answers.shape_id
left join work.ways as aw on aw.path_id = answers.path_id
left join work.name_ids as name on name.raw_id = asked.raw_qname_id
