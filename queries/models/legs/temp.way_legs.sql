-- ---
-- title: Legs on their way
-- description: >
--   One row per leg of a sending that shows the way or was not delivered, numbered as the packet went (leg), with the
--   place where it was seen: capture, interface and direction. Where the capture does not say the direction, hop limit
--   and turn tell the places of one interface apart.
-- from: [work.seen_messages, raw.sightings, raw.texts, temp.undelivered, temp.sampled_sendings, work.service_addresses,
--   work.client_captures, work.attempts, work.translated_keys, work.capture_nodes, work.address_ids]
-- materialized: table
-- ---
with sendings as (
  select key, attempt, true as sampled from temp.sampled_sendings
  union all
  select key, attempt, false from temp.undelivered
),
keys as (
  select distinct key, key as sent_key, false as translated from sendings
  union all
  select t.key, t.original_key, true
  from work.translated_keys as t
  where t.original_key in (select s.key from sendings as s)
),
seen as (
  select
    sendings.key,
    sendings.attempt,
    sendings.sampled,
    seen_messages.is_response as is_response,
    capture_nodes.capture_id,
    texts.text as interface,
    case
      when seen_messages.direction = 0 then 'h' || seen_messages.hop_limit
      when seen_messages.direction = 5 then 'out'
      else 'in'
    end as way,
    seen_messages.hop_limit,
    case when seen_messages.is_response then seen_messages.src_id else seen_messages.dst_id end as server_raw_id,
    seen_messages.frame,
    work.leg_rank(
      seen_messages.is_response,
      keys.translated,
      case when seen_messages.is_response then seen_messages.src_id else seen_messages.dst_id end in (
        select a.raw_id from work.service_addresses as a
      ),
      seen_messages.hop_limit,
      client_captures.nearness,
      (epoch_ns(seen_messages.time) - start.ns) // 1000
    ) as distance
  from keys
  inner join work.seen_messages on seen_messages.key = keys.key
  cross join (select min(epoch_ns(time)) as ns from raw.sightings) as start
  left join work.attempts on attempts.message = seen_messages.message
  inner join sendings on sendings.key = keys.sent_key and sendings.attempt = coalesce(attempts.attempt, 1)
  inner join work.capture_nodes on capture_nodes.source_id = seen_messages.source_id
  left join raw.texts on texts.text_id = seen_messages.interface_id and texts.text <> 'any'
  left join work.client_captures
    on client_captures.client_id
      = case when seen_messages.is_response then seen_messages.dst_id else seen_messages.src_id end
      and client_captures.capture_id = capture_nodes.capture_id
),
numbered as (
  select
    s.* exclude (server_raw_id, distance),
    a.address_id as server_id,
    row_number() over (
      partition by s.key, s.attempt, s.sampled, s.is_response
      order by case when s.is_response then -s.distance else s.distance end, s.frame
    ) as leg
  from seen as s
  inner join work.address_ids as a on a.raw_id = s.server_raw_id
),
placed as (
  select
    * exclude (way),
    case
      when way in ('in', 'out') then way
      else way
        || '/'
        || row_number() over (partition by key, attempt, sampled, is_response, capture_id, interface, way order by leg)
    end as way
  from numbered
)
select
  *,
  lead(leg) over sent is null as is_last,
  lead(capture_id) over sent as next_capture_id,
  lead(interface) over sent as next_interface
from placed
window sent as (partition by key, attempt, sampled, is_response order by leg)
