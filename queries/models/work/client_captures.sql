-- ---
-- title: Which capture lies nearer to each client
-- description: >
--   One row per client and capture, of clients that several captures saw, with the place of the capture on the way from the client: by the address that its queries
--   have there (the service's, then a server's), by hop limit, and where these are equal by direction: what leaves one host enters the next. Clocks of
--   two captures say nothing of it. Captures that nothing tells apart are in the order of their numbers.
-- from: [raw.messages, work.service_addresses, work.address_ids, work.captures]
-- materialized: table
-- ---
with seen as (
  select
    m.src_id,
    c.capture_id,
    case when m.dst_id in (select s.raw_id from work.service_addresses as s) then 256 else 0 end + m.hop_limit as nearest,
    bool_or(m.direction = 5) as leaves,
    bool_or(m.direction between 1 and 4) as enters
  from raw.messages as m
  inner join work.captures as c on c.source_id = m.source_id
  where not work.is_response(m.flags)
  group by 1, 2, 3
),
-- only where a capture is nearest to the client does the direction tell: further on the query leaves again
first_legs as (
  select * from seen qualify nearest = max(nearest) over (partition by src_id, capture_id)
)
select
  s.src_id as client_id,
  s.capture_id,
  row_number() over (
    partition by i.address_id
    order by s.nearest desc, case when s.leaves = s.enters then 1 when s.leaves then 0 else 2 end, s.capture_id
  ) as nearness
from first_legs as s
inner join work.address_ids as i on i.raw_id = s.src_id
qualify count(*) over (partition by i.address_id) > 1
