-- ---
-- title: Steps that a program took late though its answer was there
-- description: >
--   One row per step of a lookup's walk whose questions were all answered, where the next name was asked only
--   $late_seconds or more later. own_leg: the queries left the client with a hop limit that nothing had lowered yet, so
--   that the answers were seen on the client's own host.
-- from: [work.lookup_steps, work.wire_steps, temp.step_questions, work.wire_questions, work.wire_transactions,
--   work.seen_messages]
-- materialized: table
-- ---
with steps as (
  select
    l.lookup_id,
    s.step_id,
    s.client_id,
    s.ended_ns,
    s.outcome in ('answered', 'negative') and s.timed as answered,
    lead(s.started_ns) over walk as next_ns
  from work.lookup_steps as l
  inner join work.wire_steps as s on s.step_id = l.step_id
  window walk as (partition by l.lookup_id order by s.started_ns, s.step_id)
)
select
  s.lookup_id,
  s.client_id,
  s.step_id as transaction_id,
  (s.next_ns - s.ended_ns) / 1e9 as seconds,
  coalesce(m.hop_limit in (64, 128, 255), false) as own_leg
from steps as s
-- a step has the number of its first transaction
inner join work.wire_transactions as t on t.transaction_id = s.step_id
left join work.seen_messages as m on m.source_id = t.source_id and m.frame = t.frame and m.key = t.key
where s.answered
  and s.next_ns - s.ended_ns >= work.ns($late_seconds)
  and not exists (
    select 1
    from temp.step_questions as p
    inner join work.wire_questions as q on q.question_id = p.question_id
    where p.step_id = s.step_id and (q.outcome not in ('answered', 'negative') or q.attempts > 1)
  )
