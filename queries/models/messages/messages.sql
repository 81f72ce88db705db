-- ---
-- title: Messages
-- description: One row per DNS message on the wire, each time it was seen.
-- from: [work.seen_messages, raw.shapes, raw.sources, raw.texts, raw.codes, work.address_ids, work.name_ids]
-- materialized: view
-- columns:
--   questions: questions, as the header counts them
-- ---
select
  seen_messages.source_id,
  seen_messages.frame,
  seen_messages.time,
  texts.text as interface,
  directions.mnemonic as direction,
  nullif(tunnels.mnemonic, 'none') as tunnel,
  protocols.mnemonic as protocol,
  src.address as src,
  nullif(seen_messages.src_port, 0) as src_port,
  dst.address as dst,
  nullif(seen_messages.dst_port, 0) as dst_port,
  seen_messages.ip_id,
  seen_messages.hop_limit,
  case when source.lacks is null then seen_messages.txid end as txid,
  seen_messages.is_response,
  coalesce(opcodes.mnemonic, 'OPCODE' || ((shapes.flags >> 11) & 15)) as opcode,
  case when seen_messages.is_response then coalesce(rcodes.mnemonic, 'RCODE' || shapes.rcode) end as rcode,
  case when shapes.questions > 0 then qname.name end as qname,
  case when shapes.questions > 0 then coalesce(types.mnemonic, 'TYPE' || seen_messages.qtype) end as qtype,
  case when shapes.questions > 0 then coalesce(classes.mnemonic, 'CLASS' || shapes.qclass) end as qclass,
  (shapes.flags & 512) > 0 as truncated,
  (shapes.flags & 1024) > 0 as authoritative,
  shapes.questions,
  shapes.answers,
  shapes.authorities,
  shapes.additionals,
  shapes.edns_size,
  shapes.dnssec_ok,
  shapes.ede,
  ecs.text as ecs,
  seen_messages.bytes,
  seen_messages.min_ttl
from work.seen_messages
inner join raw.shapes on shapes.shape_id = seen_messages.shape_id
inner join work.address_ids as src on src.raw_id = seen_messages.src_id
inner join work.address_ids as dst on dst.raw_id = seen_messages.dst_id
inner join raw.sources as source on source.source_id = seen_messages.source_id
left join work.name_ids as qname on qname.raw_id = seen_messages.qname_id
left join raw.texts on texts.text_id = seen_messages.interface_id
left join raw.texts as ecs on ecs.text_id = shapes.ecs_id
left join raw.codes as directions on directions.registry = 'direction' and directions.code = seen_messages.direction
left join raw.codes as tunnels on tunnels.registry = 'tunnel' and tunnels.code = seen_messages.tunnel
left join raw.codes as protocols on protocols.registry = 'protocol' and protocols.code = seen_messages.protocol
left join raw.codes as rcodes on rcodes.registry = 'rcode' and rcodes.code = shapes.rcode
left join raw.codes as types on types.registry = 'type' and types.code = seen_messages.qtype
left join raw.codes as classes on classes.registry = 'class' and classes.code = shapes.qclass
left join raw.codes as opcodes on opcodes.registry = 'opcode' and opcodes.code = (shapes.flags >> 11) & 15
