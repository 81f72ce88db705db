-- ---
-- title: The rows behind each cause
-- description: >
--   One row per lookup that is blamed on a cause, or an example of it, with its client, its costliest transaction and
--   its story, and the span in which the cause shows: of a lookup that is blamed on it, the attempts that it cost,
--   since the lookup may have begun well before.
-- from: [work.lookup_causes, work.delays, work.signs, work.judged_transactions, work.wire_lookups]
-- materialized: table
-- ---
with spans as (
  select
    d.lookup_id,
    d.cause,
    min(t.asked_ns) as ns,
    max(case when t.state = 'answered' then t.answered_ns else t.asked_ns end) as ended_ns
  from work.delays as d
  inner join work.judged_transactions as t on t.transaction_id = d.transaction_id
  where d.cause is not null
  group by d.lookup_id, d.cause
)
select c.cause, l.client_id, c.transaction_id, s.ns, s.ended_ns, l.lookup_id, null as story
from work.lookup_causes as c
inner join work.wire_lookups as l on l.lookup_id = c.lookup_id
inner join spans as s on s.lookup_id = c.lookup_id and s.cause = c.cause
where c.cause <> 'unexplained' and c.transaction_id is not null
union all
select s.cause, l.client_id, s.transaction_id, l.started_ns, l.ended_ns, l.lookup_id, s.reason
from work.signs as s
inner join work.wire_lookups as l on l.lookup_id = s.lookup_id
where s.strength = 'example'
union all
select
  s.cause,
  t.client_id,
  s.transaction_id,
  t.asked_ns,
  case when t.state = 'answered' then t.answered_ns else t.asked_ns end,
  null,
  s.reason
from work.signs as s
inner join work.judged_transactions as t on t.transaction_id = s.transaction_id
where s.strength = 'example' and s.lookup_id is null
