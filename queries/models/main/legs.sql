-- ---
-- title: Legs
-- description: >
--   One row a copy of a transaction's query or response: each time that one packet was seen, by capture and interface, on its way between client and server.
-- from: [raw.messages, raw.texts, raw.codes, work.attempts, work.wire_transactions, work.address_ids]
-- materialized: view
-- ---
select
  t.transaction_id,
  m.source_id,
  m.frame,
  m.time,
  m.flags >= 32768 as is_response,
  i.text as interface,
  d.mnemonic as direction,
  nullif(u.mnemonic, 'none') as tunnel,
  src.address as src,
  m.src_port,
  dst.address as dst,
  m.dst_port,
  m.hop_limit,
  m.bytes
from work.wire_transactions as t
inner join (
  select m.*, coalesce(a.attempt, 1) as attempt
  from raw.messages as m
  left join work.attempts as a on a.message = m.rowid
  where m.time is not null
) as m on m.key = t.key and m.attempt = t.attempt
inner join work.address_ids as src on src.raw_id = m.src_id
inner join work.address_ids as dst on dst.raw_id = m.dst_id
left join raw.texts as i on i.text_id = m.interface_id
left join raw.codes as d on d.registry = 'direction' and d.code = m.direction
left join raw.codes as u on u.registry = 'tunnel' and u.code = m.tunnel
