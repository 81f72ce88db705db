-- ---
-- title: Copies of a lookup's packets on the wire
-- description: One row per copy of a query or response of the lookup or question, as each capture and interface saw it,
--   in the order of its way.
-- kind: detail
-- params:
--   lookup: {type: integer, default: null, description: lookup_id}
--   question: {type: integer, default: null, description: "question_id, instead of a lookup"}
-- narrow: [leg, time, path, frame, src, dst]
-- columns:
--   transaction_id: the transaction
--   is_response: whether it is the response
--   leg: its number on the packet's way, from 1
--   time: when it was seen
--   source_id: the capture
--   path: its path
--   frame: frame number there
--   interface: where it was seen; null when the capture does not say
--   direction: in or out, as that interface saw it
--   tunnel: what carried it; null when nothing did
--   src: address it came from
--   src_port: port it came from
--   dst: address it went to
--   dst_port: port it went to
--   hop_limit: its TTL or hop limit then
-- ---
select
  g.transaction_id,
  g.is_response,
  g.leg,
  g.time,
  g.source_id,
  s.path,
  g.frame,
  g.interface,
  g.direction,
  g.tunnel,
  g.src,
  g.src_port,
  g.dst,
  g.dst_port,
  g.hop_limit
from questions as q
inner join transactions as t on t.question_id = q.question_id
inner join legs as g on g.transaction_id = t.transaction_id
inner join sources as s on s.source_id = g.source_id
where q.lookup_id = $lookup::bigint or q.question_id = $question::bigint
order by g.transaction_id, g.is_response, g.leg
