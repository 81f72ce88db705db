-- ---
-- title: What each capture can see
-- description: >
--   One row a capture, interface of the clients' legs and server address: queries seen there, those with an answer on the same leg, and of
--   these how many were seen further on towards the server. What a capture never shows, its absence cannot prove.
-- from: [work.visibility, work.address_ids, raw.texts]
-- materialized: view
-- ---
select
  v.source_id,
  i.text as interface,
  a.address as server,
  v.sendings,
  v.answered,
  v.query_seen_further,
  v.answer_seen_before
from work.visibility as v
inner join work.address_ids as a on a.raw_id = v.server_id
left join raw.texts as i on i.text_id = v.interface_id
