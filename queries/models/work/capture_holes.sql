-- ---
-- title: What captures miss
-- description: >
--   One row per capture that misses frames here and there (tcpdump's "packets dropped by kernel"): of the legs that the answered queries of one client, server and backend are
--   seen on, those that single ones lack though the queries before and after them have all. An answer proves that its query passed them all; a leg that a path does not have,
--   or a capture that begins later, is no hole.
-- from: [temp.sendings]
-- materialized: table
-- ---
with answered as (
  select source_id, client_id, server_id, answer_first_src_id, asked_ns, key, copies as legs
  from temp.sendings
  where protocol = 0 and answer_src_id is not null
),
-- paths of which some are seen on fewer legs than most: only these are sorted
paths as (
  select source_id, client_id, server_id, answer_first_src_id, mode(legs) as legs
  from answered
  group by source_id, client_id, server_id, answer_first_src_id
),
uneven as (
  select a.*, p.legs as of_path
  from answered as a
  inner join paths as p
    on p.source_id = a.source_id and p.client_id = a.client_id and p.server_id = a.server_id and p.answer_first_src_id = a.answer_first_src_id
  where (a.source_id, a.client_id, a.server_id, a.answer_first_src_id) in (
    select x.source_id, x.client_id, x.server_id, x.answer_first_src_id
    from answered as x
    inner join paths as y
      on y.source_id = x.source_id and y.client_id = x.client_id and y.server_id = x.server_id and y.answer_first_src_id = x.answer_first_src_id
    where x.legs < y.legs
  )
),
between as (
  select *, lag(legs) over path >= of_path and lead(legs) over path >= of_path as amid_whole
  from uneven
  window path as (partition by source_id, client_id, server_id, answer_first_src_id order by asked_ns, key)
),
missing as (
  select source_id, sum(of_path - legs) as missing
  from between
  where legs < of_path and amid_whole
  group by source_id
),
expected as (
  select a.source_id, sum(p.legs) as expected
  from answered as a
  inner join paths as p
    on p.source_id = a.source_id and p.client_id = a.client_id and p.server_id = a.server_id and p.answer_first_src_id = a.answer_first_src_id
  group by a.source_id
)
select m.source_id, m.missing::BIGINT as missing, e.expected::BIGINT as expected, m.missing / e.expected as share
from missing as m
inner join expected as e on e.source_id = m.source_id
where m.missing >= $holes_least and m.missing / e.expected >= $holes_share
