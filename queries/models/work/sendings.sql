-- ---
-- title: Every sending of a query with all its copies
-- description: >
--   One row a query that was sent once, folded from its copies. Rank orders legs from the client's side: a query's hop
--   limit falls, and a response's rises, the nearer to the client it was seen; then the capture, then the time decide.
-- from: [raw.messages, work.attempts, work.address_ids, work.name_ids]
-- materialized: table
-- ---
with ranked as (
  select
    m.key,
    coalesce(a.attempt, 1) as attempt,
    m.flags >= 32768 as is_response,
    epoch_ns(m.time) as ns,
    m.source_id,
    m.frame,
    m.interface_id,
    src.address_id as src_id,
    dst.address_id as dst_id,
    m.src_port,
    m.dst_port,
    m.hop_limit,
    m.flags,
    m.rcode,
    m.qname_id,
    m.qtype,
    m.protocol,
    m.txid,
    m.bytes,
    m.min_ttl,
    m.answers,
    m.qclass,
    m.edns_size,
    ((case when m.flags >= 32768 then m.hop_limit else 255 - m.hop_limit end)::UBIGINT << 56)
    + ((m.source_id & 4095)::UBIGINT << 44)
    + (case
      -- without hop limits the answer seen last is the nearest to the client
      when m.flags >= 32768 and m.hop_limit = 0 then 17592186044415 - (epoch_ns(m.time) - start.ns) // 1000
      else (epoch_ns(m.time) - start.ns) // 1000
    end)::UBIGINT as leg
  from raw.messages as m
  cross join (select min(epoch_ns(time)) as ns from raw.messages) as start
  inner join work.address_ids as src on src.raw_id = m.src_id
  inner join work.address_ids as dst on dst.raw_id = m.dst_id
  left join work.attempts as a on a.message = m.rowid
)
select
  key,
  attempt,
  any_value(qname_id) as qname_id,
  any_value(qtype) as qtype,
  any_value(qclass) as qclass,
  any_value(protocol) as protocol,
  any_value(txid) as txid,
  -- the query, as its client sent it and as it was seen last
  arg_min(src_id, leg) filter (where not is_response) as client_id,
  arg_min(src_port, leg) filter (where not is_response) as client_port,
  arg_min(dst_id, leg) filter (where not is_response) as server_id,
  arg_min(dst_port, leg) filter (where not is_response) as server_port,
  arg_max(dst_id, leg) filter (where not is_response) as last_dst_id,
  arg_min(ns, leg) filter (where not is_response) as asked_ns,
  arg_min(source_id, leg) filter (where not is_response) as source_id,
  arg_min(frame, leg) filter (where not is_response) as frame,
  arg_min(interface_id, leg) filter (where not is_response) as interface_id,
  arg_min(flags, leg) filter (where not is_response) as query_flags,
  arg_min(bytes, leg) filter (where not is_response) as query_bytes,
  arg_min(edns_size, leg) filter (where not is_response) as edns_size,
  min(hop_limit) filter (where not is_response) as query_hop_min,
  max(hop_limit) filter (where not is_response) as query_hop_max,
  max(ns) filter (where not is_response) as query_last_ns,
  (count(*) filter (where not is_response))::INTEGER as copies,
  -- the response, nearest to the client and nearest to the server
  arg_min(src_id, leg) filter (where is_response) as answer_src_id,
  arg_max(src_id, leg) filter (where is_response) as answer_first_src_id,
  arg_min(ns, leg) filter (where is_response) as answered_ns,
  min(ns) filter (where is_response) as answer_first_ns,
  arg_min(source_id, leg) filter (where is_response) as answer_source_id,
  arg_min(frame, leg) filter (where is_response) as answer_frame,
  arg_min(flags, leg) filter (where is_response) as answer_flags,
  arg_min(rcode, leg) filter (where is_response) as rcode,
  arg_min(bytes, leg) filter (where is_response) as answer_bytes,
  arg_min(answers, leg) filter (where is_response) as answers,
  arg_min(min_ttl, leg) filter (where is_response) as min_ttl,
  min(hop_limit) filter (where is_response) as answer_hop_min,
  max(hop_limit) filter (where is_response) as answer_hop_max,
  (count(*) filter (where is_response))::INTEGER as answer_copies
from ranked
group by key, attempt
having count(*) filter (where not is_response) > 0
