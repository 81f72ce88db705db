-- ---
-- title: ICMP errors
-- description: One row per ICMP error that quotes a packet of DNS, each time it was seen, with the transaction that it
--   belongs to.
-- from: [raw.icmp_errors, raw.texts, raw.codes, work.icmp_quotes, work.address_ids, work.name_ids]
-- materialized: view
-- columns:
--   error: what it says, such as port-unreachable
--   quoted_src: sender of the packet that it quotes
--   quoted_dst: receiver of the packet that it quotes
--   transaction_id: the query that it belongs to, in transactions; null where none was found
-- ---
select
  e.source_id,
  e.frame,
  e.time,
  i.text as interface,
  d.mnemonic as direction,
  nullif(u.mnemonic, 'none') as tunnel,
  src.address as src,
  dst.address as dst,
  e.hop_limit,
  e.version,
  e.type,
  e.code,
  coalesce(
    k.mnemonic, 'ICMP' || case when e.version = 6 then 'v6' else '' end || ' type ' || e.type || ' code ' || e.code
  ) as error,
  e.mtu,
  p.mnemonic as protocol,
  quoted_src.address as quoted_src,
  e.quoted_src_port,
  quoted_dst.address as quoted_dst,
  e.quoted_dst_port,
  e.of_response,
  e.txid,
  case when e.qname_id > 0 then n.name end as qname,
  case when e.qtype is not null then coalesce(t.mnemonic, 'TYPE' || e.qtype) end as qtype,
  q.transaction_id
from raw.icmp_errors as e
inner join work.address_ids as src on src.raw_id = e.src_id
inner join work.address_ids as dst on dst.raw_id = e.dst_id
inner join work.address_ids as quoted_src on quoted_src.raw_id = e.quoted_src_id
inner join work.address_ids as quoted_dst on quoted_dst.raw_id = e.quoted_dst_id
left join work.icmp_quotes as q on q.error_id = e.rowid
left join work.name_ids as n on n.raw_id = e.qname_id
left join raw.texts as i on i.text_id = e.interface_id
left join raw.codes as d on d.registry = 'direction' and d.code = e.direction
left join raw.codes as u on u.registry = 'tunnel' and u.code = e.tunnel
left join raw.codes as p on p.registry = 'protocol' and p.code = e.protocol
left join raw.codes as t on t.registry = 'type' and t.code = e.qtype
left join raw.codes as k on k.registry = 'icmp' and k.code = e.version::INTEGER * 65536 + e.type * 256 + e.code
