-- ---
-- title: Where what was not delivered was lost
-- description: >
--   One row per sending with no answer, or none that its client's own leg plainly shows: where its query, or its
--   answer, was seen last and where others that went on from there were seen next. Reached is true on the leg beside
--   the server, false where others to that server were seen further on, null where neither is known; delivered is false
--   where others to that client were.
-- from: [temp.undelivered, temp.way_legs, temp.server_legs, temp.places, work.capture_nodes]
-- materialized: table
-- key: [key, attempt]
-- ---
with last_legs as (
  select
    u.*,
    w.is_response,
    w.leg,
    w.capture_id as at_capture_id,
    w.interface as at_interface,
    w.way as at_way,
    w.server_id as at_server_id
  from temp.undelivered as u
  inner join temp.way_legs as w
    on w.key = u.key and w.attempt = u.attempt and not w.sampled and w.is_last
    and w.is_response = (u.answer_src_id is not null)
),
captured as (
  select capture_id, min(from_ns) as from_ns, max(until_ns) as until_ns from work.capture_nodes group by capture_id
),
firsts as (
  select key, attempt, capture_id, interface
  from temp.way_legs
  where sampled and not is_response and leg = 1
),
-- where the sampled ones went from each place: a query by the address it had there, an answer by its client's leg
steps as (
  select
    w.is_response,
    w.capture_id,
    w.interface,
    w.way,
    w.server_id,
    f.capture_id as client_capture_id,
    f.interface as client_interface,
    w.is_last,
    w.next_capture_id,
    w.next_interface,
    count(*) as number
  from temp.way_legs as w
  inner join firsts as f on f.key = w.key and f.attempt = w.attempt
  where w.sampled
  group by all
),
clients as (
  select key, attempt, capture_id as client_capture_id, interface as client_interface
  from temp.way_legs
  where not sampled and not is_response and leg = 1
),
-- of a query by where it goes to, of an answer by its client's place, of both by the place alone: so a leg meets as
-- many as there are next places
steps_to_server as (
  select capture_id, interface, way, server_id, is_last, next_capture_id, next_interface, sum(number) as number
  from steps
  where not is_response
  group by all
),
steps_to_client as (
  select
    capture_id,
    interface,
    way,
    client_capture_id,
    client_interface,
    is_last,
    next_capture_id,
    next_interface,
    sum(number) as number
  from steps
  where is_response
  group by all
),
steps_of_all as (
  select is_response, capture_id, interface, way, is_last, next_capture_id, next_interface, sum(number) as number
  from steps
  group by all
),
begun as (
  select
    l.key,
    l.attempt,
    l.is_response,
    l.leg,
    l.at_capture_id,
    l.at_interface,
    l.at_way,
    l.at_server_id,
    c.client_capture_id,
    c.client_interface
  from last_legs as l
  inner join clients as c on c.key = l.key and c.attempt = l.attempt
),
-- those like it speak first; what all others do speaks of a query at its very beginning, and of an answer
peers as (
  select l.key, l.attempt, 1 as likeness, s.is_last, s.next_capture_id, s.next_interface, s.number
  from begun as l
  inner join steps_to_server as s
    on s.capture_id = l.at_capture_id
      and s.interface is not distinct from l.at_interface
      and s.way = l.at_way
      and s.server_id = l.at_server_id
  where not l.is_response
  union all
  select l.key, l.attempt, 1, s.is_last, s.next_capture_id, s.next_interface, s.number
  from begun as l
  inner join steps_to_client as s
    on s.capture_id = l.at_capture_id and s.interface is not distinct from l.at_interface and s.way = l.at_way
    and s.client_capture_id = l.client_capture_id and s.client_interface is not distinct from l.client_interface
  where l.is_response
  union all
  select l.key, l.attempt, 2, s.is_last, s.next_capture_id, s.next_interface, s.number
  from begun as l
  inner join steps_of_all as s
    on s.is_response = l.is_response
      and s.capture_id = l.at_capture_id
      and s.interface is not distinct from l.at_interface
      and s.way = l.at_way
  where l.is_response or l.leg = 1
),
likest as (
  select * from peers qualify likeness = min(likeness) over (partition by key, attempt)
),
next_places as (
  select l.key, l.attempt, l.next_capture_id, l.next_interface, sum(l.number) as number
  from likest as l
  where not l.is_last
  group by all
),
shares as (
  select
    key,
    attempt,
    sum(number) filter (where not is_last) >= $seen_share * sum(number) as goes_on
  from likest
  group by key, attempt
),
-- a place that was not watched then misses nothing
missing as (
  select
    n.key,
    n.attempt,
    bool_and(l.asked_ns between k.from_ns and k.until_ns or n.next_capture_id = l.at_capture_id) as watched,
    bool_and(n.next_capture_id = l.at_capture_id) as same_node,
    string_agg(distinct p.whole, ' or ' order by p.whole) as wholes,
    string_agg(distinct p.label, ' or ' order by p.label) as labels
  from next_places as n
  inner join last_legs as l on l.key = n.key and l.attempt = n.attempt
  inner join captured as k on k.capture_id = n.next_capture_id
  inner join temp.places as p on p.capture_id = n.next_capture_id and p.interface is not distinct from n.next_interface
  group by n.key, n.attempt
)
select
  last_legs.key,
  last_legs.attempt,
  case
    when last_legs.is_response then true
    when server_legs.server_id is not null then true
    when shares.goes_on and missing.watched then false
  end as reached,
  server_legs.server_id is not null as beside_server,
  case
    when last_legs.is_response and not (coalesce(shares.goes_on and missing.watched, false))
      then last_legs.answer_src_id = last_legs.server_id else false
  end as delivered,
  places.whole as last_seen,
  case when server_legs.server_id is null and shares.goes_on and missing.watched then missing.wholes end as missing_at,
  case
    when server_legs.server_id is not null or not (shares.goes_on and missing.watched) then null
    when missing.same_node and missing.labels is not null then 'on ' || places.node || ', before ' || missing.labels
    when missing.same_node then 'on ' || places.node
    else 'between ' || places.whole || ' and ' || missing.wholes
  end as lost_at
from last_legs
inner join temp.places
  on places.capture_id = last_legs.at_capture_id and places.interface is not distinct from last_legs.at_interface
left join shares on shares.key = last_legs.key and shares.attempt = last_legs.attempt
left join missing on missing.key = last_legs.key and missing.attempt = last_legs.attempt
left join temp.server_legs
  on server_legs.server_id = case when not last_legs.is_response then last_legs.at_server_id end
  and server_legs.capture_id = last_legs.at_capture_id
  and server_legs.interface is not distinct from last_legs.at_interface
