-- ---
-- title: Sendings whose answer was not seen where their query was seen first
-- description: >
--   One row per sending with no answer, or with one that its client's own leg does not plainly show: from the address
--   that was asked, on the interface where the query was seen first, on its way back, or in a capture that lies nearer
--   to the client, or with the address that a translation gave it back; from_other where it came there, and from
--   another address than was asked. Where the capture does not say which way a packet went, the hop limits and copies
--   of the query tell whether one leg is all it has of the answer.
-- from: [temp.sendings, work.capture_nodes, work.client_captures]
-- materialized: table
-- key: [key, attempt]
-- ---
with nearness as (
  select distinct address_id as client_id, capture_id, nearness from work.client_captures
)
select
  s.key,
  s.attempt,
  s.client_id,
  s.server_id,
  s.asked_ns,
  q.capture_id,
  s.interface_id,
  a.capture_id as answer_capture_id,
  s.answer_interface_id,
  s.answer_direction,
  s.answer_src_id,
  coalesce(
    s.answer_src_id <> s.server_id
    and a.capture_id is not distinct from q.capture_id
    and s.answer_interface_id = s.interface_id
    and case
      when s.direction > 0 and s.answer_direction > 0 then (s.direction = 5) <> (s.answer_direction = 5)
      -- where no address is translated on its way, none is to be translated back
      else s.copies = 1
    end,
    false
  ) as from_other
from temp.sendings as s
left join work.capture_nodes as q on q.source_id = s.source_id
left join work.capture_nodes as a on a.source_id = s.answer_source_id
left join nearness as nq on nq.client_id = s.client_id and nq.capture_id = q.capture_id
left join nearness as na on na.client_id = s.client_id and na.capture_id = a.capture_id
where s.qname_id is not null
  and not coalesce(s.answer_src_id = s.server_id and na.nearness < nq.nearness, false)
  -- of a query that was seen behind its translation only, as where a capture began meanwhile: back with the service's
  -- address it is beside the client
  and not coalesce(s.answer_first_src_id = s.server_id and s.answer_src_id <> s.server_id, false)
  and not coalesce(
    s.answer_src_id = s.server_id
    -- what is no capture has both as one program saw them
    and a.capture_id is not distinct from q.capture_id
    and s.answer_interface_id = s.interface_id
    and case
      when s.direction > 0 and s.answer_direction > 0 then (s.direction = 5) <> (s.answer_direction = 5)
      when s.last_dst_id <> s.server_id or s.answer_first_src_id <> s.server_id or s.answer_hop_min < s.answer_hop_max
        then true
      else s.query_hop_min = s.query_hop_max and (s.copies = 1 or s.answer_copies > 1)
    end,
    false
  )
