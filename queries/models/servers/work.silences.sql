-- ---
-- title: Times in which a server answered nothing that it was asked
-- description: >
--   One row per server behind an address (or, where address is null, an address as a whole) and time between two of its
--   answers in which flows were lost that may have been for it: how many, how far they were seen to go, and what was
--   answered meanwhile. from_ns is null where it never answered before, until_ns where it did not again.
-- from: [work.judged_transactions, work.lost_targets, work.service_members]
-- materialized: table
-- ---
with asked as (
  select *
  from work.judged_transactions
  where not from_forwarder and server_id in (select l.server_id from work.lost_targets as l)
),
alive as (
  select server_id, answer_first_src_id as backend_id, answer_first_ns as ns
  from asked
  where answer_first_src_id is not null
  union all
  -- its log says that it lived, whatever became of its answer
  select server_id, backend_id, asked_ns
  from asked
  where in_log and answer_first_src_id is null
),
signs_of_life as (
  select m.server_id, m.address, a.ns
  from work.service_members as m
  inner join alive as a on a.server_id = m.server_id and a.backend_id = m.backend_id
  union all
  select server_id, null, ns from alive
  union all
  select distinct server_id, address, 0 from work.lost_targets
),
-- those that a loss may lie beside: all of a second with a loss, of others the first and the last. To sort all of them
-- takes ten times as long
lost_seconds as (
  select distinct server_id, asked_ns // work.ns(1) as second from work.lost_targets
),
ends_of_seconds as (
  select s.server_id, s.address, min(s.ns) as first_ns, max(s.ns) as last_ns
  from signs_of_life as s
  anti join lost_seconds as l on l.server_id = s.server_id and l.second = s.ns // work.ns(1)
  group by s.server_id, s.address, s.ns // work.ns(1)
),
signs_beside as (
  select s.server_id, s.address, s.ns
  from signs_of_life as s
  semi join lost_seconds as l on l.server_id = s.server_id and l.second = s.ns // work.ns(1)
  union all
  select server_id, address, unnest([first_ns, last_ns]) from ends_of_seconds
),
gaps as (
  select
    server_id,
    coalesce(address, '') as address,
    ns,
    lead(ns) over (partition by server_id, address order by ns) as until_ns
  from signs_beside
),
lost as (
  select * replace (coalesce(address, '') as address) from work.lost_targets where not open
),
silent as (
  select
    l.server_id,
    l.backend_id,
    l.address,
    g.ns as from_ns,
    g.until_ns,
    min(l.asked_ns) as first_lost_ns,
    max(l.asked_ns) as last_lost_ns,
    count(*) as lost,
    count(distinct (l.client_id, l.client_port)) as lost_flows,
    -- no leg beyond the address was seen of them, where others have one
    count(*) filter (where not l.addressed and not l.query_reached_server) as led_nowhere,
    count(*) filter (where l.refused and not l.addressed) as refused_before
  from lost as l
  asof inner join gaps as g on g.server_id = l.server_id and g.address = l.address and l.asked_ns >= g.ns
  group by l.server_id, l.backend_id, l.address, g.ns, g.until_ns
  having count(distinct (l.client_id, l.client_port)) >= $silent_flows or count(*) filter (where l.refused) > 0
),
answered as (
  select w.server_id, w.address, t.client_id, t.client_port, t.answer_first_src_id, t.asked_ns
  from (select distinct server_id, address from silent) as w
  inner join asked as t on t.server_id = w.server_id
  where t.answer_first_src_id is not null
),
answered_meanwhile as (
  select
    s.server_id,
    s.address,
    s.from_ns,
    s.until_ns,
    t.client_id,
    t.client_port,
    t.answer_first_src_id,
    t.asked_ns,
    coalesce(t.answer_first_src_id = s.backend_id, s.address = '') as by_itself
  from answered as t
  asof inner join silent as s on s.server_id = t.server_id and s.address = t.address and t.asked_ns >= s.from_ns
  where s.until_ns is null or t.asked_ns < s.until_ns
),
meanwhile as (
  select
    server_id,
    address,
    from_ns,
    count(distinct (client_id, client_port)) filter (where not by_itself) as other_flows,
    count(*) filter (where not by_itself) as answered_by_others,
    count(distinct answer_first_src_id) filter (where not by_itself) as others,
    -- one that lives takes up late what came while it stood still
    count(*) filter (where by_itself and asked_ns < until_ns - work.ns($late_seconds)) as answered_late
  from answered_meanwhile
  group by server_id, address, from_ns
)
select
  s.* replace (nullif(s.address, '') as address, nullif(s.from_ns, 0) as from_ns),
  (coalesce(s.until_ns, s.last_lost_ns) - case when s.from_ns = 0 then s.first_lost_ns else s.from_ns end)
  / 1e9 as seconds,
  coalesce(m.other_flows, 0) as other_flows,
  coalesce(m.answered_by_others, 0) as answered_by_others,
  coalesce(m.others, 0) as others,
  coalesce(m.answered_late, 0) as answered_late
from silent as s
left join meanwhile as m on m.server_id = s.server_id and m.address = s.address and m.from_ns = s.from_ns
