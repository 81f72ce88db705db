-- ---
-- title: Every sending of a query with all its copies
-- description: >
--   One row a query that was sent once, folded from its copies. Rank orders legs from the client's side: a query's hop
--   limit falls, and a response's rises, the nearer to the client it was seen; then the capture, then the time decide.
-- from: [raw.messages, work.attempts, work.translated_keys, work.address_ids]
-- materialized: table
-- ---
with legs as (
  select
    coalesce(t.original_key, m.key) as key,
    coalesce(a.attempt, 1) as attempt,
    m.flags >= 32768 as is_response,
    m.rowid as message,
    epoch_ns(m.time) as ns,
    m.src_id,
    m.dst_id,
    ((case when m.flags >= 32768 then m.hop_limit else 255 - m.hop_limit end)::UBIGINT << 56)
    + ((m.source_id & 4095)::UBIGINT << 44)
    + (case
      -- without hop limits the answer seen last is the nearest to the client
      when m.flags >= 32768 and m.hop_limit = 0 then 17592186044415 - (epoch_ns(m.time) - start.ns) // 1000
      else (epoch_ns(m.time) - start.ns) // 1000
    end)::UBIGINT as leg
  from raw.messages as m
  cross join (select min(epoch_ns(time)) as ns from raw.messages) as start
  left join work.attempts as a on a.message = m.rowid
  left join work.translated_keys as t on t.key = m.key
),
folded as (
  select
    key,
    attempt,
    arg_min(message, leg) filter (where not is_response) as query,
    arg_max(dst_id, leg) filter (where not is_response) as last_dst_id,
    max(leg) filter (where not is_response) as last_leg,
    (count(*) filter (where not is_response))::INTEGER as copies,
    arg_min(message, leg) filter (where is_response) as answer,
    arg_max(src_id, leg) filter (where is_response) as first_src_id,
    min(ns) filter (where is_response) as answer_first_ns,
    max(leg) filter (where is_response) as first_leg,
    (count(*) filter (where is_response))::INTEGER as answer_copies
  from legs
  group by key, attempt
  having count(*) filter (where not is_response) > 0
)
select
  f.key,
  f.attempt,
  q.qname_id,
  q.qtype,
  q.qclass,
  q.protocol,
  q.txid,
  -- the query, as its client sent it and as it was seen last
  client.address_id as client_id,
  q.src_port as client_port,
  server.address_id as server_id,
  q.dst_port as server_port,
  last_dst.address_id as last_dst_id,
  epoch_ns(q.time) as asked_ns,
  q.source_id,
  q.frame,
  q.interface_id,
  q.flags as query_flags,
  q.bytes as query_bytes,
  q.edns_size,
  (255 - (f.last_leg >> 56))::UTINYINT as query_hop_min,
  q.hop_limit as query_hop_max,
  f.copies,
  -- the response, nearest to the client and nearest to the server
  answer_src.address_id as answer_src_id,
  first_src.address_id as answer_first_src_id,
  epoch_ns(a.time) as answered_ns,
  f.answer_first_ns,
  a.source_id as answer_source_id,
  a.frame as answer_frame,
  a.flags as answer_flags,
  a.rcode,
  a.bytes as answer_bytes,
  a.answers,
  a.min_ttl,
  a.hop_limit as answer_hop_min,
  (f.first_leg >> 56)::UTINYINT as answer_hop_max,
  f.answer_copies
from folded as f
inner join raw.messages as q on q.rowid = f.query
left join raw.messages as a on a.rowid = f.answer
inner join work.address_ids as client on client.raw_id = q.src_id
inner join work.address_ids as server on server.raw_id = q.dst_id
inner join work.address_ids as last_dst on last_dst.raw_id = f.last_dst_id
left join work.address_ids as answer_src on answer_src.raw_id = a.src_id
left join work.address_ids as first_src on first_src.raw_id = f.first_src_id
