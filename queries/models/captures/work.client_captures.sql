-- ---
-- title: Which capture lies nearer to each client
-- description: >
--   One row per id of a client's address and capture, of clients that several captures saw, with the place of the
--   capture on the way from the client: by the address that its queries have there (the service's, then a server's), by
--   hop limit, and where these are equal by direction: what leaves one host enters the next. Clocks of two captures say
--   nothing of it. Captures that nothing tells apart are in the order of their numbers.
-- from: [raw.paths, work.service_addresses, work.address_ids, work.captures]
-- materialized: table
-- key: [client_id, capture_id]
-- ---
with seen as (
  select
    i.address_id,
    c.capture_id,
    case when m.dst_id in (select s.raw_id from work.service_addresses as s) then 256 else 0 end
    + m.hop_limit as nearest,
    bool_or(m.direction = 5) as leaves,
    bool_or(m.direction between 1 and 4) as enters
  from raw.paths as m
  inner join work.captures as c on c.source_id = m.source_id
  inner join work.address_ids as i on i.raw_id = m.src_id
  where not m.is_response
  group by 1, 2, 3
),
-- only where a capture is nearest to the client does the direction tell: further on the query leaves again
first_legs as (
  select * from seen qualify nearest = max(nearest) over (partition by address_id, capture_id)
),
ranked as (
  select
    address_id,
    capture_id,
    row_number() over (
      partition by address_id
      order by nearest desc, case when leaves = enters then 1 when leaves then 0 else 2 end, capture_id
    ) as nearness
  from first_legs
  qualify count(*) over (partition by address_id) > 1
)
select i.raw_id as client_id, r.address_id, r.capture_id, r.nearness
from ranked as r
inner join work.address_ids as i on i.address_id = r.address_id
