-- ---
-- title: What each capture can see
-- description: >
--   One row per capture, server address and interface of the clients' legs: how many sendings it saw there, how many
--   with an answer on the same leg, and of those how many further on towards the server. What a capture never shows,
--   its absence cannot prove.
-- from: [temp.sendings, work.captures, raw.texts]
-- materialized: table
-- ---
with sendings as (
  select
    q.capture_id,
    i.interface,
    s.server_id,
    coalesce(s.answer_src_id = s.server_id and a.capture_id = q.capture_id, false) as answered,
    s.last_dst_id <> s.server_id or s.query_hop_min < s.query_hop_max as query_seen_further,
    s.answer_first_src_id <> s.server_id or s.answer_hop_min < s.answer_hop_max as answer_seen_before
  from temp.sendings as s
  inner join work.captures as q on q.source_id = s.source_id
  left join work.captures as a on a.source_id = s.answer_source_id
  left join (select text_id, text as interface from raw.texts) as i on i.text_id = s.interface_id
)
select
  capture_id,
  interface,
  server_id,
  count(*) as sendings,
  count(*) filter (where answered) as answered,
  count(*) filter (where answered and query_seen_further) as query_seen_further,
  count(*) filter (where answered and answer_seen_before) as answer_seen_before
from sendings
group by capture_id, interface, server_id
