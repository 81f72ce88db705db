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
    s.key,
    s.attempt,
    s.sampled,
    m.is_response as is_response,
    c.capture_id,
    i.text as interface,
    case when m.direction = 0 then 'h' || m.hop_limit when m.direction = 5 then 'out' else 'in' end as way,
    m.hop_limit,
    case when m.is_response then m.src_id else m.dst_id end as server_raw_id,
    m.frame,
    work.leg_rank(
      m.is_response,
      k.translated,
      case when m.is_response then m.src_id else m.dst_id end in (select a.raw_id from work.service_addresses as a),
      m.hop_limit,
      n.nearness,
      (epoch_ns(m.time) - start.ns) // 1000
    ) as distance
  from keys as k
  inner join work.seen_messages as m on m.key = k.key
  cross join (select min(epoch_ns(time)) as ns from raw.sightings) as start
  left join work.attempts as a on a.message = m.message
  inner join sendings as s on s.key = k.sent_key and s.attempt = coalesce(a.attempt, 1)
  inner join work.capture_nodes as c on c.source_id = m.source_id
  left join raw.texts as i on i.text_id = m.interface_id and i.text <> 'any'
  left join work.client_captures as n
    on n.client_id = case when m.is_response then m.dst_id else m.src_id end and n.capture_id = c.capture_id
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
