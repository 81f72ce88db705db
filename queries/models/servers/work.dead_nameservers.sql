-- ---
-- title: Nameservers of a list that never answered
-- description: >
--   One row per server that answered nothing in all of the evidence though questions began with it, and that resolvers
--   went on from to another server of their list, which answered: how many questions, of which clients, and the seconds
--   that each waited. listed_first counts clients whose resolv.conf names it first.
-- from: [work.judged_transactions, work.question_attempts, work.configured_search, work.address_ids]
-- materialized: table
-- ---
with silent as (
  select server_id
  from work.judged_transactions
  where not from_forwarder
  group by server_id
  having count(*) filter (where answer_src_id is not null) = 0
    and count(*) filter (where state = 'unanswered') >= $silent_flows
),
attempts as (
  select a.question_id, a.attempt, t.client_id, t.server_id, t.state, t.asked_ns
  from work.question_attempts as a
  inner join work.judged_transactions as t on t.transaction_id = a.transaction_id
  where not t.from_forwarder
),
moved as (
  select
    f.server_id,
    f.question_id,
    f.client_id,
    f.asked_ns,
    min(n.asked_ns) as next_ns
  from attempts as f
  inner join attempts as n on n.question_id = f.question_id and n.attempt > f.attempt and n.server_id <> f.server_id
  where f.attempt = 1 and f.server_id in (select s.server_id from silent as s)
  group by f.server_id, f.question_id, f.client_id, f.asked_ns
  having bool_or(n.state = 'answered')
)
select
  m.server_id,
  any_value(i.address) as address,
  count(*) as questions,
  count(distinct m.client_id) as clients,
  median((m.next_ns - m.asked_ns) / 1e9) as waited_seconds,
  count(distinct m.client_id) filter (where c.nameservers[1] = i.address) as listed_first
from moved as m
inner join work.address_ids as i on i.raw_id = m.server_id
left join work.configured_search as c on c.client_id = m.client_id
group by m.server_id
having count(*) >= $silent_flows
