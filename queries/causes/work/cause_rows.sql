-- ---
-- title: The rows behind each cause
-- description: One row per lookup that is blamed on a cause, or an example of it, with its client, span, transaction and story.
-- from: [work.lookup_causes, work.signs, work.judged_transactions, work.wire_lookups]
-- materialized: table
-- ---
select c.cause, l.client_id, c.transaction_id, l.started_ns as ns, l.ended_ns, l.lookup_id, null as story
from work.lookup_causes as c
inner join work.wire_lookups as l on l.lookup_id = c.lookup_id
where c.cause <> 'unexplained' and c.transaction_id is not null
union all
select s.cause, l.client_id, s.transaction_id, l.started_ns, l.ended_ns, l.lookup_id, s.reason
from work.signs as s
inner join work.wire_lookups as l on l.lookup_id = s.lookup_id
where s.strength = 'example'
union all
select s.cause, t.client_id, s.transaction_id, t.asked_ns, case when t.state = 'answered' then t.answered_ns else t.asked_ns end, null, s.reason
from work.signs as s
inner join work.judged_transactions as t on t.transaction_id = s.transaction_id
where s.strength = 'example' and s.lookup_id is null
