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
  seen.transaction_id,
  seen.source_id,
  seen.frame,
  seen.time,
  seen.is_response as is_response,
  row_number() over (
    partition by seen.transaction_id, seen.is_response
    order by
      case when seen.is_response then -1 else 1 end * work.leg_rank(
        seen.is_response,
        seen.translated,
        case when seen.is_response then seen.src_id else seen.dst_id end in (
          select s.raw_id from work.service_addresses as s
        ),
        seen.hop_limit,
        client_captures.nearness,
        -- from the middle of the 44 bits on
        (1::BIGINT << 43) + epoch_ns(seen.time) // 1000 - seen.asked_ns // 1000
      ),
      seen.frame
  ) as leg,
  texts.text as interface,
  directions.mnemonic as direction,
  nullif(tunnels.mnemonic, 'none') as tunnel,
  src.address as src,
  seen.src_port,
  dst.address as dst,
  seen.dst_port,
  seen.hop_limit,
  seen.bytes
from seen
inner join work.address_ids as src on src.raw_id = seen.src_id
inner join work.address_ids as dst on dst.raw_id = seen.dst_id
left join work.captures on captures.source_id = seen.source_id
left join work.client_captures
  on client_captures.client_id = case when seen.is_response then seen.dst_id else seen.src_id end
    and client_captures.capture_id = captures.capture_id
left join raw.texts on texts.text_id = seen.interface_id
left join raw.codes as directions on directions.registry = 'direction' and directions.code = seen.direction
left join raw.codes as tunnels on tunnels.registry = 'tunnel' and tunnels.code = seen.tunnel
