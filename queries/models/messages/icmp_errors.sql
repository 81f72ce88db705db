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
  icmp_errors.source_id,
  icmp_errors.frame,
  icmp_errors.time,
  texts.text as interface,
  directions.mnemonic as direction,
  nullif(tunnels.mnemonic, 'none') as tunnel,
  src.address as src,
  dst.address as dst,
  icmp_errors.hop_limit,
  icmp_errors.version,
  icmp_errors.type,
  icmp_errors.code,
  work.icmp_name(icmps.mnemonic, icmp_errors.version, icmp_errors.type, icmp_errors.code) as error,
  icmp_errors.mtu,
  protocols.mnemonic as protocol,
  quoted_src.address as quoted_src,
  icmp_errors.quoted_src_port,
  quoted_dst.address as quoted_dst,
  icmp_errors.quoted_dst_port,
  icmp_errors.of_response,
  icmp_errors.txid,
  case when icmp_errors.qname_id > 0 then qname.name end as qname,
  case when icmp_errors.qtype is not null then coalesce(types.mnemonic, 'TYPE' || icmp_errors.qtype) end as qtype,
  icmp_quotes.transaction_id
from raw.icmp_errors
inner join work.address_ids as src on src.raw_id = icmp_errors.src_id
inner join work.address_ids as dst on dst.raw_id = icmp_errors.dst_id
inner join work.address_ids as quoted_src on quoted_src.raw_id = icmp_errors.quoted_src_id
inner join work.address_ids as quoted_dst on quoted_dst.raw_id = icmp_errors.quoted_dst_id
left join work.icmp_quotes on icmp_quotes.error_id = icmp_errors.rowid
left join work.name_ids as qname on qname.raw_id = icmp_errors.qname_id
left join raw.texts on texts.text_id = icmp_errors.interface_id
left join raw.codes as directions on directions.registry = 'direction' and directions.code = icmp_errors.direction
left join raw.codes as tunnels on tunnels.registry = 'tunnel' and tunnels.code = icmp_errors.tunnel
left join raw.codes as protocols on protocols.registry = 'protocol' and protocols.code = icmp_errors.protocol
left join raw.codes as types on types.registry = 'type' and types.code = icmp_errors.qtype
left join raw.codes as icmps
  on icmps.registry = 'icmp'
  and icmps.code = work.icmp_code(icmp_errors.version, icmp_errors.type, icmp_errors.code)
