-- ---
-- title: What each capture can see
-- description: >
--   One row per capture (source_id is that of its first file), interface of the clients' legs and server address:
--   queries seen there, those with an answer on the same leg, and of these how many were seen further on towards the
--   server. What a capture never shows, its absence cannot prove.
-- from: [work.visibility, work.captures, work.address_ids]
-- materialized: view
-- columns:
--   source_id: the capture's first file, in sources
--   interface: interface of the clients' legs
--   sendings: queries seen there
--   answered: those with their answer on the same leg
--   query_seen_further: those of answered that were seen further on towards the server
--   answer_seen_before: those of answered whose answer was seen before, nearer to the server
-- ---
select
  c.source_id,
  v.capture_id,
  v.interface,
  a.address as server,
  v.sendings,
  v.answered,
  v.query_seen_further,
  v.answer_seen_before
from work.visibility as v
inner join (
  select capture_id, arg_min(source_id, place) as source_id from work.captures group by capture_id
) as c on c.capture_id = v.capture_id
inner join work.address_ids as a on a.raw_id = v.server_id
