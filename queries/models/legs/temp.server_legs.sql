-- ---
-- title: Legs beside the servers
-- description: >
--   One row per server and interface of a capture that lies beside it: its answers are first seen there, no router has
--   lowered their hop limit yet, and queries end their way there, not where they begin it. Only a server behind a
--   service, or one whose own queries begin there, is known to be a pod; an interface that packets to others pass on
--   their way, or where those to several servers end, leads to all of them and lies beside none.
-- from: [temp.way_legs, temp.sendings]
-- materialized: table
-- ---
with ends as (
  select
    q.server_id,
    q.capture_id,
    q.interface,
    coalesce(bool_or(a.key is not null), false) as beside
  from temp.way_legs as q
  left join temp.way_legs as a
    on a.key = q.key and a.attempt = q.attempt and a.sampled
    and a.is_response and a.leg = 1
    and a.capture_id = q.capture_id
    and a.interface is not distinct from q.interface
    and a.server_id = q.server_id
    and (work.is_first_hop(a.hop_limit) or a.hop_limit = 0 and a.interface is not null)
  where q.sampled
    and not q.is_response
    and q.is_last
    and (q.leg > 1 or q.hop_limit <> 0 and not work.is_first_hop(q.hop_limit))
  group by q.server_id, q.capture_id, q.interface
),
-- places where a server's own queries begin
own_queries as (
  select distinct s.client_id, w.capture_id, w.interface
  from temp.way_legs as w
  inner join temp.sendings as s on s.key = w.key and s.attempt = w.attempt
  where not w.is_response and w.leg = 1
),
-- interfaces that queries pass on their way
passed as (
  select distinct capture_id, interface
  from temp.way_legs
  where not is_response and leg > 1 and not is_last and interface is not null
)
select e.server_id, e.capture_id, e.interface
from ends as e
left join own_queries as o
  on o.client_id = e.server_id and o.capture_id = e.capture_id and o.interface is not distinct from e.interface
left join passed as p on p.capture_id = e.capture_id and p.interface = e.interface
where p.capture_id is null
  and (
    o.client_id is not null
    or e.server_id in (select s.answer_first_src_id from temp.sendings as s where s.answer_first_src_id <> s.server_id)
  )
qualify e.beside and (e.interface is null or count(*) over (partition by e.capture_id, e.interface) = 1)
