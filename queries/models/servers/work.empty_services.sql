-- ---
-- title: Times in which nothing stood behind a service address
-- description: >
--   One row per service address and time in which no server answered for it and none of those before answers after it
--   (replaced), or the nodes refused queries to it by ICMP themselves, as kube-proxy does for a service without
--   endpoints. until_ns is null where none came again.
-- from: [work.silences, work.service_members, work.judged_transactions]
-- materialized: table
-- ---
with silent as (
  select s.*
  from work.silences as s
  where s.address is null
    and s.server_id in (select m.server_id from work.service_members as m)
    and s.seconds >= $silent_seconds
    and $silent_share * s.answered_late <= s.lost
),
answering as (
  select
    t.server_id,
    t.answer_first_src_id as backend_id,
    min(t.answer_first_ns) as first_ns,
    max(t.answer_first_ns) as last_ns
  from work.judged_transactions as t
  inner join work.service_members as m on m.server_id = t.server_id and m.backend_id = t.answer_first_src_id
  where not t.from_forwarder
  group by t.server_id, t.answer_first_src_id
),
changes as (
  select
    s.server_id,
    s.from_ns,
    count(*) filter (where a.first_ns <= s.from_ns) as servers_before,
    count(*) filter (where a.last_ns > s.from_ns) as servers_after,
    not bool_or(a.first_ns <= s.from_ns and a.last_ns > s.from_ns) as all_changed
  from silent as s
  inner join answering as a on a.server_id = s.server_id
  group by s.server_id, s.from_ns
)
select
  s.server_id,
  s.from_ns,
  s.until_ns,
  s.lost,
  s.led_nowhere,
  s.refused_before,
  coalesce(c.all_changed and c.servers_before > 0 and c.servers_after > 0, false) as replaced
from silent as s
left join changes as c on c.server_id = s.server_id and c.from_ns is not distinct from s.from_ns
where s.refused_before > 0
  or c.all_changed and c.servers_before > 0 and c.servers_after > 0 and s.lost_flows >= $silent_flows
