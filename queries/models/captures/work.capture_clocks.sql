-- ---
-- title: Captures on one clock
-- description: >
--   One row per file of a capture, with how far that capture's clock is ahead of the clock that all are brought to,
--   measured from the packets that two captures saw (both_saw), there and back, so that the way between them cancels
--   out. The clock of the capture with the most packets counts. Differences that a network may make are none.
-- from: [raw.sightings, raw.packets, raw.paths, work.captures]
-- materialized: table
-- key: [source_id]
-- ---
-- one capture needs no other's clock
with recursive several as (
  select * from work.captures where (select count(distinct d.capture_id) from work.captures as d) > 1
),
seen as (
  select * from raw.sightings where time is not null and source_id in (select c.source_id from several as c)
),
sample as (
  select greatest(1, count(*) // $clock_sample_messages)::INTEGER as step from raw.sightings
),
sampled as (
  select packet_id, key, ip_id
  from raw.packets
  where ip_id <> 0 and txid % (select s.step from sample as s) = 0
),
packets as (
  select c.capture_id, p.key, p.ip_id, w.is_response, min(epoch_ns(m.time)) as ns
  from seen as m
  inner join sampled as p on p.packet_id = m.packet_id
  inner join raw.paths as w on w.path_id = m.path_id
  inner join several as c on c.source_id = m.source_id
  where w.protocol = 0
  group by c.capture_id, p.key, p.ip_id, w.is_response
),
sizes as (
  select capture_id, row_number() over (order by count(*) desc, capture_id) as place
  from packets
  group by capture_id
),
-- one row per two captures that saw the same packets, in both orders
pairs as (
  select capture_id, other_id, sum(both_saw)::BIGINT as both_saw, avg(ahead_ns)::BIGINT as ahead_ns
  from (
    select a.capture_id, b.capture_id as other_id, a.is_response, count(*) as both_saw, median(a.ns - b.ns) as ahead_ns
    from packets as a
    inner join packets as b
      on b.key = a.key and b.ip_id = a.ip_id and b.is_response = a.is_response and b.capture_id <> a.capture_id
    group by a.capture_id, b.capture_id, a.is_response
  ) as ways
  group by capture_id, other_id
  having sum(both_saw) >= $clock_least_packets
),
-- each capture is brought to the clock of the largest that saw the same packets
leads as (
  select
    p.capture_id,
    p.other_id,
    p.both_saw,
    case when abs(p.ahead_ns) >= work.ns($clock_apart_seconds) then p.ahead_ns else 0 end as ahead_ns
  from pairs as p
  inner join sizes as s on s.capture_id = p.capture_id
  inner join sizes as o on o.capture_id = p.other_id and o.place < s.place
  qualify row_number() over (partition by p.capture_id order by o.place) = 1
),
clocks as (
  select distinct capture_id, 0::BIGINT as ahead_ns, null::BIGINT as both_saw
  from work.captures
  where capture_id not in (select l.capture_id from leads as l)
  union all
  select l.capture_id, k.ahead_ns + l.ahead_ns, l.both_saw
  from leads as l
  inner join clocks as k on k.capture_id = l.other_id
)
select
  c.source_id,
  c.capture_id,
  k.ahead_ns,
  k.both_saw,
  c.from_ns - k.ahead_ns as from_ns,
  c.until_ns - k.ahead_ns as until_ns
from work.captures as c
inner join clocks as k on k.capture_id = c.capture_id
