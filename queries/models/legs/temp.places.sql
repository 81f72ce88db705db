-- ---
-- title: Places in words
-- description: >
--   One row per capture's interface that sampled or undelivered packets passed, as a person knows it: whose leg it is
--   (the pod's veth, CoreDNS's veth, the node's uplink), with its name where the capture has it. Label is for a
--   sentence that names the node, whole stands by itself.
-- from: [temp.way_legs, temp.server_legs, temp.sendings, work.capture_nodes]
-- materialized: table
-- ---
with passed as (
  select
    w.capture_id,
    w.interface,
    -- whose queries begin here: one that a router has passed on began where no capture was, or before there was one
    count(distinct s.client_id) filter (
      where not w.is_response and w.leg = 1 and (work.is_first_hop(w.hop_limit) or w.hop_limit = 0)
    ) as clients,
    coalesce(bool_or(w.way = 'out') filter (where not w.is_response and w.leg = 1), false) as in_pod,
    -- a packet leaves a node, or enters it, by its uplink
    coalesce(bool_or(w.next_capture_id <> w.capture_id or w.is_last and w.way = 'out'), false) as leads_away
  from temp.way_legs as w
  inner join temp.sendings as s on s.key = w.key and s.attempt = w.attempt
  group by w.capture_id, w.interface
),
servers as (
  select l.capture_id, l.interface, bool_or(b.server_id is not null) as behind_service
  from temp.server_legs as l
  left join (
    select distinct answer_first_src_id as server_id from temp.sendings where answer_first_src_id <> server_id
  ) as b on b.server_id = l.server_id
  group by l.capture_id, l.interface
),
named as (
  select
    p.capture_id,
    p.interface,
    n.node,
    -- what is only a number is an index, which nobody knows it by
    case when regexp_full_match(p.interface, '\d+') then 'interface ' || p.interface else p.interface end as shown,
    regexp_full_match(p.interface, '\d+') is not false as nameless,
    case
      when s.behind_service then 'CoreDNS''s veth'
      when s.capture_id is not null then 'the server''s veth'
      when p.in_pod then null
      when p.clients = 1 then 'the pod''s veth'
      when p.leads_away then 'uplink'
    end as role
  from passed as p
  inner join (select capture_id, min(node) as node from work.capture_nodes group by capture_id) as n
    on n.capture_id = p.capture_id
  left join servers as s on s.capture_id = p.capture_id and s.interface is not distinct from p.interface
)
select
  capture_id,
  interface,
  node,
  case
    when interface is null then null
    when role = 'uplink' then case when nameless then 'its uplink (' || shown || ')' else shown end
    when role is not null then role || case when nameless then '' else ' (' || shown || ')' end
    else shown
  end as label,
  case
    when interface is null then node
    when role = 'uplink' then node || '''s ' || case when nameless then 'uplink (' || shown || ')' else shown end
    when role is not null then role || case when nameless then '' else ' (' || shown || ')' end || ' on ' || node
    else node || '''s ' || shown
  end as whole
from named
