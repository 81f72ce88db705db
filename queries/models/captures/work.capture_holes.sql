-- ---
-- title: What captures miss
-- description: >
--   One row per capture that misses frames here and there (tcpdump's "packets dropped by kernel"): of the legs that the
--   answered queries of one client, server and backend are seen on, those that single ones lack though the queries
--   before and after them have all; and the queries of answers that come to a client without one, where most have one.
--   An answer proves that its query passed them all; a leg that a path does not have, or a capture that begins later,
--   is no hole.
-- from: [temp.sendings, temp.lone_answers, work.captures]
-- materialized: table
-- key: [capture_id]
-- ---
with answered as (
  select c.capture_id, s.client_id, s.server_id, s.answer_first_src_id, s.asked_ns, c.place, s.frame, s.copies as legs
  from temp.sendings as s
  inner join work.captures as c on c.source_id = s.source_id
  where s.protocol = 0 and s.answer_src_id is not null
),
-- paths of which some are seen on fewer legs than most: only these are sorted
paths as (
  select capture_id, client_id, server_id, answer_first_src_id, arg_max(legs, (queries, -legs)) as legs
  from (
    select capture_id, client_id, server_id, answer_first_src_id, legs, count(*) as queries
    from answered
    group by all
  ) as counted
  group by capture_id, client_id, server_id, answer_first_src_id
),
uneven as (
  select a.*, p.legs as of_path
  from answered as a
  inner join paths as p
    on p.capture_id = a.capture_id
    and p.client_id = a.client_id
    and p.server_id = a.server_id
    and p.answer_first_src_id = a.answer_first_src_id
  where (a.capture_id, a.client_id, a.server_id, a.answer_first_src_id) in (
    select x.capture_id, x.client_id, x.server_id, x.answer_first_src_id
    from answered as x
    inner join paths as y
      on y.capture_id = x.capture_id
      and y.client_id = x.client_id
      and y.server_id = x.server_id
      and y.answer_first_src_id = x.answer_first_src_id
    where x.legs < y.legs
  )
),
between as (
  select *, lag(legs) over path >= of_path and lead(legs) over path >= of_path as amid_whole
  from uneven
  window path as (partition by capture_id, client_id, server_id, answer_first_src_id order by asked_ns, place, frame)
),
missing as (
  select capture_id, sum(of_path - legs) as missing
  from between
  where legs < of_path and amid_whole
  group by capture_id
),
expected as (
  select a.capture_id, sum(p.legs) as expected
  from answered as a
  inner join paths as p
    on p.capture_id = a.capture_id
    and p.client_id = a.client_id
    and p.server_id = a.server_id
    and p.answer_first_src_id = a.answer_first_src_id
  group by a.capture_id
),
-- no query that was sent before the capture began: long after that, or asked with another type by one call that is seen
unasked as (
  select l.capture_id, l.client_id, l.server_id, count(*) as unasked
  from temp.lone_answers as l
  where l.ns >= l.watched_from_ns + work.ns($wait_seconds)
    or (l.client_id, l.client_port, l.server_id, l.qname_id) in (
      select (s.client_id, s.client_port, s.server_id, s.qname_id) from temp.sendings as s
    )
  group by l.capture_id, l.client_id, l.server_id
),
-- where a capture sees one way only, or addresses are translated behind it, all answers are so
unasked_so as (
  select u.capture_id, sum(u.unasked) as unasked
  from unasked as u
  where u.unasked < (
    select count(*)
    from answered as a
    where a.capture_id = u.capture_id and a.client_id = u.client_id and a.server_id = u.server_id
  )
  group by u.capture_id
),
holes as (
  select
    e.capture_id,
    (coalesce(m.missing, 0) + coalesce(u.unasked, 0))::BIGINT as missing,
    (e.expected + coalesce(u.unasked, 0))::BIGINT as expected
  from expected as e
  left join missing as m on m.capture_id = e.capture_id
  left join unasked_so as u on u.capture_id = e.capture_id
)
select *, missing / expected as share
from holes
where missing >= $holes_least and share >= $holes_share
