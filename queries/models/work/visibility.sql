-- ---
-- title: What each capture can see
-- description: >
--   One row a capture, server address and interface of the clients' legs: how many sendings it saw there, how many with an answer on the
--   same leg, and of those how many further on towards the server. What a capture never shows, its absence cannot prove.
-- from: [temp.sendings]
-- materialized: table
-- ---
select
  source_id,
  interface_id,
  server_id,
  count(*) as sendings,
  count(*) filter (where answer_src_id = server_id and answer_source_id = source_id) as answered,
  count(*) filter (
    where answer_src_id = server_id
    and answer_source_id = source_id
    and (last_dst_id <> server_id or query_hop_min < query_hop_max)
  ) as query_seen_further,
  count(*) filter (
    where answer_src_id = server_id
    and answer_source_id = source_id
    and (answer_first_src_id <> server_id or answer_hop_min < answer_hop_max)
  ) as answer_seen_before
from temp.sendings
group by source_id, interface_id, server_id
