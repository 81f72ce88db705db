-- ---
-- title: Every sending of a query with all its copies
-- description: One row per query that was sent once, folded from its copies.
-- from: [raw.messages, temp.folded_copies, work.address_ids, work.name_ids, work.capture_clocks]
-- materialized: table
-- parts: key
-- ---
select
  f.key,
  f.attempt,
  name.name_id as qname_id,
  q.qtype,
  q.protocol,
  q.txid,
  -- the query, as its client sent it and as it was seen last
  client.address_id as client_id,
  q.src_port as client_port,
  server.address_id as server_id,
  last_dst.address_id as last_dst_id,
  epoch_ns(q.time) - coalesce(qc.ahead_ns, 0) as asked_ns,
  q.source_id,
  q.frame,
  f.query as message,
  q.interface_id,
  q.direction,
  q.bytes as query_bytes,
  f.query_hop_min,
  q.hop_limit as query_hop_max,
  f.copies,
  f.watched_until_ns,
  -- the response, nearest to the client and nearest to the server
  answer_src.address_id as answer_src_id,
  first_src.address_id as answer_first_src_id,
  epoch_ns(a.time) - coalesce(ac.ahead_ns, 0) as answered_ns,
  f.answer_first_ns,
  a.source_id as answer_source_id,
  a.frame as answer_frame,
  a.interface_id as answer_interface_id,
  a.direction as answer_direction,
  a.flags as answer_flags,
  a.rcode,
  a.bytes as answer_bytes,
  a.answers,
  a.min_ttl,
  a.hop_limit as answer_hop_min,
  f.answer_hop_max,
  f.answer_copies
from temp.folded_copies as f
inner join raw.messages as q on q.rowid = f.query
left join raw.messages as a on a.rowid = f.answer
left join work.capture_clocks as qc on qc.source_id = q.source_id
left join work.capture_clocks as ac on ac.source_id = a.source_id
left join work.name_ids as name on name.raw_id = q.qname_id
inner join work.address_ids as client on client.raw_id = q.src_id
inner join work.address_ids as server on server.raw_id = q.dst_id
inner join work.address_ids as last_dst on last_dst.raw_id = f.last_dst_id
left join work.address_ids as answer_src on answer_src.raw_id = a.src_id
left join work.address_ids as first_src on first_src.raw_id = f.first_src_id
