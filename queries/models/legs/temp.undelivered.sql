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
  sendings.key,
  sendings.attempt,
  sendings.client_id,
  sendings.server_id,
  sendings.asked_ns,
  capture_nodes.capture_id,
  sendings.interface_id,
  answer_nodes.capture_id as answer_capture_id,
  sendings.answer_interface_id,
  sendings.answer_direction,
  sendings.answer_src_id,
  coalesce(
    sendings.answer_src_id <> sendings.server_id
    and answer_nodes.capture_id is not distinct from capture_nodes.capture_id
    and sendings.answer_interface_id = sendings.interface_id
    and case
      when sendings.direction > 0 and sendings.answer_direction > 0
        then (sendings.direction = 5) <> (sendings.answer_direction = 5)
      -- where no address is translated on its way, none is to be translated back
      else sendings.copies = 1
    end,
    false
  ) as from_other
from temp.sendings
left join work.capture_nodes on capture_nodes.source_id = sendings.source_id
left join work.capture_nodes as answer_nodes on answer_nodes.source_id = sendings.answer_source_id
left join nearness as nq on nq.client_id = sendings.client_id and nq.capture_id = capture_nodes.capture_id
left join nearness as na on na.client_id = sendings.client_id and na.capture_id = answer_nodes.capture_id
where sendings.qname_id is not null
  and not coalesce(sendings.answer_src_id = sendings.server_id and na.nearness < nq.nearness, false)
  -- of a query that was seen behind its translation only, as where a capture began meanwhile: back with the service's
  -- address it is beside the client
  and not coalesce(
    sendings.answer_first_src_id = sendings.server_id and sendings.answer_src_id <> sendings.server_id, false
  )
  and not coalesce(
    sendings.answer_src_id = sendings.server_id
    -- what is no capture has both as one program saw them
    and answer_nodes.capture_id is not distinct from capture_nodes.capture_id
    and sendings.answer_interface_id = sendings.interface_id
    and case
      when sendings.direction > 0 and sendings.answer_direction > 0
        then (sendings.direction = 5) <> (sendings.answer_direction = 5)
      when sendings.last_dst_id <> sendings.server_id
        or sendings.answer_first_src_id <> sendings.server_id
        or sendings.answer_hop_min < sendings.answer_hop_max
        then true
      else sendings.query_hop_min = sendings.query_hop_max and (sendings.copies = 1 or sendings.answer_copies > 1)
    end,
    false
  )
