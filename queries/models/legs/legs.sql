-- ---
-- title: Legs
-- description: >
--   One row per copy of a transaction's query or response: each time that one packet was seen, by capture and
--   interface, on its way between client and server. Leg is its number on that way, of a query from the client on and
--   of a response from the server on.
-- from: [work.seen_messages, raw.texts, raw.codes, work.attempts, work.translated_keys, work.wire_transactions,
--   work.service_addresses, work.client_captures, work.captures, work.address_ids]
-- materialized: view
-- key: [transaction_id, is_response, leg]
-- columns:
--   leg: place on the way, from 1; of a query from the client on, of a response from the server on
-- ---
with sent as (
  select m.*, coalesce(a.attempt, 1) as attempt
  from work.seen_messages as m
  left join work.attempts as a on a.message = m.message
  where m.time is not null
),
seen as (
  select t.transaction_id, t.asked_ns, false as translated, m.*
  from work.wire_transactions as t
  inner join sent as m on m.key = t.key and m.attempt = t.attempt
  union all
  select t.transaction_id, t.asked_ns, true, m.*
  from work.wire_transactions as t
  inner join work.translated_keys as k on k.original_key = t.key
  inner join sent as m on m.key = k.key and m.attempt = t.attempt
)
select
  m.transaction_id,
  m.source_id,
  m.frame,
  m.time,
  m.is_response as is_response,
  row_number() over (
    partition by m.transaction_id, m.is_response
    order by
      case when m.is_response then -1 else 1 end * work.leg_rank(
        m.is_response,
        m.translated,
        case when m.is_response then m.src_id else m.dst_id end in (select s.raw_id from work.service_addresses as s),
        m.hop_limit,
        n.nearness,
        -- from the middle of the 44 bits on
        (1::BIGINT << 43) + epoch_ns(m.time) // 1000 - m.asked_ns // 1000
      ),
      m.frame
  ) as leg,
  i.text as interface,
  d.mnemonic as direction,
  nullif(u.mnemonic, 'none') as tunnel,
  src.address as src,
  m.src_port,
  dst.address as dst,
  m.dst_port,
  m.hop_limit,
  m.bytes
from seen as m
inner join work.address_ids as src on src.raw_id = m.src_id
inner join work.address_ids as dst on dst.raw_id = m.dst_id
left join work.captures as c on c.source_id = m.source_id
left join work.client_captures as n
  on n.client_id = case when m.is_response then m.dst_id else m.src_id end and n.capture_id = c.capture_id
left join raw.texts as i on i.text_id = m.interface_id
left join raw.codes as d on d.registry = 'direction' and d.code = m.direction
left join raw.codes as u on u.registry = 'tunnel' and u.code = m.tunnel
