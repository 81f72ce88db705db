-- ---
-- title: Steps of lookups
-- description: >
--   One row per name that a program's resolver asked about at one moment: a pair of twins, or a question that has no
--   twin. The step ends when its later half ends; what it was asked for is answered when either half is.
-- from: [work.wire_questions, temp.step_questions]
-- materialized: table
-- key: [step_id]
-- ---
with halves as (
  select
    p.step_id,
    q.*,
    case q.outcome
      when 'answered' then 1 when 'unanswered' then 2 when 'failed' then 3 when 'unknown' then 4 else 5
    end as worth
  from temp.step_questions as p
  inner join work.wire_questions as q on q.question_id = p.question_id
)
select
  step_id,
  any_value(client_id) as client_id,
  any_value(qname_id) as qname_id,
  min(asked_ns) as started_ns,
  max(coalesce(ended_ns, asked_ns)) as ended_ns,
  -- when its resolver last sent, or was answered
  max(greatest(last_asked_ns, case when outcome in ('answered', 'negative', 'failed') then ended_ns end)) as active_ns,
  bool_or(still_open) as still_open,
  sum(queries)::INTEGER as queries,
  case min(worth)
    when 1 then 'answered' when 2 then 'unanswered' when 3 then 'failed' when 4 then 'unknown' else 'negative'
  end as outcome,
  max(answer_bytes) as answer_bytes,
  bool_or(qtype in (1, 28)) as address_lookup,
  bool_and(timed) as timed
from halves
group by step_id
