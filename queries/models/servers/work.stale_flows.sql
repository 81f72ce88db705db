-- ---
-- title: Ports that go on to a server that is gone
-- description: >
--   One row per client, port and server address, and time in which nothing that was asked from that port was answered,
--   question after question, while the address answered others: conntrack keeps a flow with the server that it chose
--   once, for as long as packets come. Kept: the port was answered before, or asked so for long; else it was first led
--   there as the server went. backend_id is the server that answered the port last, null where that is not seen.
-- from: [work.judged_transactions, work.losses]
-- materialized: table
-- ---
with ports as (
  select server_id, client_id, client_port
  from work.losses
  -- a port that the evidence does not tell is written 0
  where client_port <> 0
  group by server_id, client_id, client_port
  having count(distinct question_id) >= $stale_questions
),
answered as (
  select
    t.server_id,
    t.client_id,
    t.client_port,
    t.asked_ns,
    t.answer_first_ns,
    nullif(t.answer_first_src_id, t.server_id) as backend_id
  from work.judged_transactions as t
  where
    t.answer_first_src_id is not null and not t.from_forwarder and t.server_id in (select p.server_id from ports as p)
),
gaps as (
  select *, lead(ns) over (partition by server_id, client_id, client_port order by ns) as until_ns
  from (
    select a.server_id, a.client_id, a.client_port, a.answer_first_ns as ns, a.backend_id
    from answered as a
    inner join ports as p on p.server_id = a.server_id and p.client_id = a.client_id and p.client_port = a.client_port
    union all
    select server_id, client_id, client_port, 0, null
    from ports
  ) as s
),
silent as (
  select
    l.server_id,
    l.client_id,
    l.client_port,
    g.backend_id,
    nullif(g.ns, 0) as from_ns,
    g.until_ns,
    min(l.asked_ns) as first_lost_ns,
    max(l.asked_ns) as last_lost_ns,
    count(*) as lost,
    count(distinct l.question_id) as questions
  from work.losses as l
  asof inner join gaps as g
    on g.server_id = l.server_id and g.client_id = l.client_id and g.client_port = l.client_port and l.asked_ns >= g.ns
  where l.response_left_server is not true
  group by l.server_id, l.client_id, l.client_port, g.backend_id, g.ns, g.until_ns
  having
    count(distinct l.question_id) >= $stale_questions and max(l.asked_ns) - min(l.asked_ns) >= work.ns($stale_seconds)
),
-- flows that were led to a server for the first time, and whether they were lost, up to each moment
firsts as (
  select server_id, client_id, client_port, min(asked_ns) as ns, false as lost
  from answered
  where client_port <> 0
  group by server_id, client_id, client_port
  union all
  select l.server_id, l.client_id, l.client_port, min(l.asked_ns), true
  from work.losses as l
  where l.client_port <> 0
    and (l.server_id, l.client_id, l.client_port) not in (
      select (p.server_id, p.client_id, p.client_port) from silent as p
    )
  group by l.server_id, l.client_id, l.client_port
),
counted as (
  select
    server_id, ns, count(*) filter (where not lost) over up as answered, count(*) filter (where lost) over up as lost
  from firsts
  window up as (partition by server_id order by ns range unbounded preceding)
),
last_answers as (
  select server_id, backend_id, max(answer_first_ns) as ns
  from answered
  where backend_id is not null
  group by server_id, backend_id
),
until_end as (
  select s.*, coalesce(c.answered, 0) as answered_by_end, coalesce(c.lost, 0) as lost_by_end
  from silent as s
  asof left join counted as c on c.server_id = s.server_id and s.last_lost_ns >= c.ns
),
during as (
  select
    s.* exclude (answered_by_end, lost_by_end),
    s.answered_by_end - coalesce(c.answered, 0) as others_answered,
    s.lost_by_end - coalesce(c.lost, 0) as others_lost
  from until_end as s
  asof left join counted as c on c.server_id = s.server_id and s.first_lost_ns > c.ns
),
stale as (
  select d.*
  from during as d
  left join last_answers as a on a.server_id = d.server_id and a.backend_id = d.backend_id
  where d.others_answered >= $stale_others
    and d.others_lost <= $stale_lost_share * d.others_answered
    and not coalesce(a.ns > d.first_lost_ns, false)
),
-- a port that was first led to it as it went is as lost, with all that is asked from it again
unanswered_ports as (
  select
    l.server_id,
    l.client_id,
    l.client_port,
    min(l.asked_ns) as first_lost_ns,
    max(l.asked_ns) as last_lost_ns,
    min(l.asked_ns) + work.ns($dying_seconds) as by_ns,
    count(*) as lost,
    count(distinct l.question_id) as questions,
    min(nullif(l.backend_id, l.server_id)) as backend_id,
    bool_and(l.query_reached_server = false) as led_nowhere
  from work.losses as l
  where l.response_left_server is not true
    and l.client_port <> 0
    and (l.server_id, l.client_id, l.client_port) not in (
      select (a.server_id, a.client_id, a.client_port) from answered as a
    )
    and (l.server_id, l.client_id, l.client_port) not in (
      select (t.server_id, t.client_id, t.client_port) from stale as t
    )
  group by l.server_id, l.client_id, l.client_port
)
select
  server_id,
  client_id,
  client_port,
  backend_id,
  from_ns,
  until_ns,
  first_lost_ns,
  last_lost_ns,
  lost,
  questions,
  others_answered,
  true as kept
from stale
union all
select
  p.server_id,
  p.client_id,
  p.client_port,
  s.backend_id,
  null,
  null,
  p.first_lost_ns,
  p.last_lost_ns,
  p.lost,
  p.questions,
  s.others_answered,
  false
from unanswered_ports as p
asof inner join stale as s on s.server_id = p.server_id and p.by_ns >= s.from_ns
where p.first_lost_ns <= s.from_ns + work.ns($dying_seconds)
  and coalesce(p.backend_id = s.backend_id, p.led_nowhere)
