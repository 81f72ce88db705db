-- ---
-- title: Servers that fell silent while others did not
-- description: >
--   One row per server (behind a service address, or one that is asked by its own) and time in which it answered
--   nothing of what was sent to it: from its last answer to its next, either null where there is none. Told from losses
--   on the way by what was seen to reach it, by ICMP, or by chance: the others answered so much meanwhile that leaving
--   it out by chance is one in a thousand at most.
-- from: [work.silences, work.lost_targets, work.empty_services, work.service_members, work.node_caches,
--   work.dead_nameservers, work.address_ids, raw.cluster_objects, raw.log_events]
-- materialized: table
-- ---
-- addresses that lead to no other server: a node's cache, a pod, a server that a service has too
with own_addresses as (
  select server_id from work.node_caches
  union
  select i.address_id
  from work.address_ids as i
  where i.address in (select o.address from raw.cluster_objects as o where o.kind in ('Pod', 'Node'))
    or i.address_id in (select m.backend_id from work.service_members as m)
),
-- what nobody stood ready for tells nothing of one server
lost as (
  select l.* replace (coalesce(l.address, '') as address)
  from work.lost_targets as l
  asof left join work.empty_services as e
    on e.server_id = l.server_id and l.asked_ns >= coalesce(e.from_ns, 0) - work.ns($dying_seconds)
  where not l.open and (e.server_id is null or l.asked_ns >= e.until_ns + work.ns($dying_seconds))
),
spans as (
  select * replace (coalesce(address, '') as address, coalesce(from_ns, 0) as from_ns)
  from work.silences
),
silent as (
  select
    s.server_id,
    coalesce(s.backend_id, case when s.address = '' then s.server_id end) as backend_id,
    coalesce(nullif(s.address, ''), any_value(i.address)) as address,
    s.address = '' as asked_itself,
    nullif(s.from_ns, 0) as from_ns,
    s.until_ns,
    any_value(s.seconds) as seconds,
    any_value(s.other_flows) as other_flows,
    any_value(s.answered_by_others) as answered_by_others,
    any_value(s.others) as others,
    any_value(s.answered_late) as answered_late,
    min(l.asked_ns) as first_lost_ns,
    max(l.asked_ns) as last_lost_ns,
    count(*) as lost,
    count(distinct (l.client_id, l.client_port)) as lost_flows,
    count(distinct (l.client_id, l.client_port)) filter (where l.addressed) as addressed_flows,
    count(*) filter (where l.query_reached_server) as reached,
    count(*) filter (where not l.addressed and not l.query_reached_server) as led_nowhere,
    count(*) filter (where l.refused and l.refused_by_id = coalesce(l.backend_id, l.server_id)) as refused
  from lost as l
  asof inner join spans as s on s.server_id = l.server_id and s.address = l.address and l.asked_ns >= s.from_ns
  inner join work.address_ids as i on i.raw_id = s.server_id
  where (s.until_ns is null or l.asked_ns < s.until_ns)
    and (s.address <> '' or s.server_id in (select o.server_id from own_addresses as o)
    -- one that lists name and that never answered is a cause of its own
    and s.server_id not in (select n.server_id from work.dead_nameservers as n))
  group by s.server_id, s.backend_id, s.address, s.from_ns, s.until_ns
),
judged as (
  select
    *,
    -- each flow picks one of the servers; those that were lost may have been for any, so that they tell of none
    others > 0
    and other_flows * ln((others + 1) / others) > ln($chance_odds)
    and lost_flows >= $dead_flow_share * (other_flows + lost_flows) / (others + 1) as left_out,
    seconds >= $silent_seconds
    and (addressed_flows >= $silent_flows or asked_itself and lost_flows >= $silent_flows) as unanswering
  from silent
  where $silent_share * answered_late <= lost
),
dead as (
  select *, sum(lost) over (partition by server_id, address) as lost_so
  from judged
  where refused > 0 or lost_flows >= $silent_flows and (left_out or unanswering)
),
totals as (
  select l.server_id, coalesce(nullif(l.address, ''), i.address) as address, count(*) as lost
  from lost as l
  inner join work.address_ids as i on i.raw_id = l.server_id
  group by 1, 2
),
-- a log's lines of a process that starts, of any server and of the one that they name. Where no answer ends the
-- silence, one that started before the last query was lost did not end it
starts as (
  select e.time, epoch_ns(e.time) as ns, unnest(['', regexp_replace(e.upstream, ':[0-9]+$', '')]) as address
  from raw.log_events as e
  where e.event = 'listening' and e.time is not null
)
select
  d.* exclude (lost_so, answered_late, unanswering, first_lost_ns, last_lost_ns),
  case when d.until_ns is null or s.ns < d.until_ns + work.ns($dying_seconds) then s.time end as started_at
from dead as d
asof left join starts as s on s.address = case when d.asked_itself then d.address else '' end
  and case
    when d.until_ns is null then d.last_lost_ns - work.ns($dying_seconds) else coalesce(d.from_ns, d.first_lost_ns)
  end
  <= s.ns
inner join totals as t on t.server_id = d.server_id and t.address = d.address
where d.refused > 0 or d.lost_so > $silent_share * (t.lost - d.lost_so)
