-- ---
-- title: Messages
-- description: One row per DNS message on the wire, each time it was seen.
-- from: [work.seen_messages, raw.shapes, raw.sources, raw.texts, raw.codes, work.address_ids, work.name_ids]
-- materialized: view
-- columns:
--   questions: questions, as the header counts them
-- ---
select
  m.source_id,
  m.frame,
  m.time,
  i.text as interface,
  d.mnemonic as direction,
  nullif(u.mnemonic, 'none') as tunnel,
  p.mnemonic as protocol,
  src.address as src,
  nullif(m.src_port, 0) as src_port,
  dst.address as dst,
  nullif(m.dst_port, 0) as dst_port,
  m.ip_id,
  m.hop_limit,
  case when source.lacks is null then m.txid end as txid,
  m.is_response,
  coalesce(o.mnemonic, 'OPCODE' || ((h.flags >> 11) & 15)) as opcode,
  case when m.is_response then coalesce(r.mnemonic, 'RCODE' || h.rcode) end as rcode,
  case when h.questions > 0 then n.name end as qname,
  case when h.questions > 0 then coalesce(t.mnemonic, 'TYPE' || m.qtype) end as qtype,
  case when h.questions > 0 then coalesce(c.mnemonic, 'CLASS' || h.qclass) end as qclass,
  (h.flags & 512) > 0 as truncated,
  (h.flags & 1024) > 0 as authoritative,
  h.questions,
  h.answers,
  h.authorities,
  h.additionals,
  h.edns_size,
  h.dnssec_ok,
  h.ede,
  e.text as ecs,
  m.bytes,
  m.min_ttl
from work.seen_messages as m
inner join raw.shapes as h on h.shape_id = m.shape_id
inner join work.address_ids as src on src.raw_id = m.src_id
inner join work.address_ids as dst on dst.raw_id = m.dst_id
inner join raw.sources as source on source.source_id = m.source_id
left join work.name_ids as n on n.raw_id = m.qname_id
left join raw.texts as i on i.text_id = m.interface_id
left join raw.texts as e on e.text_id = h.ecs_id
left join raw.codes as d on d.registry = 'direction' and d.code = m.direction
left join raw.codes as u on u.registry = 'tunnel' and u.code = m.tunnel
left join raw.codes as p on p.registry = 'protocol' and p.code = m.protocol
left join raw.codes as r on r.registry = 'rcode' and r.code = h.rcode
left join raw.codes as t on t.registry = 'type' and t.code = m.qtype
left join raw.codes as c on c.registry = 'class' and c.code = h.qclass
left join raw.codes as o on o.registry = 'opcode' and o.code = (h.flags >> 11) & 15
