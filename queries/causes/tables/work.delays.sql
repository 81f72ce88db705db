-- ---
-- title: What slow and failed lookups waited for, and why
-- description: >
--   One row per attempt that a slow or failed lookup waited for, or another wait that a cause's sign tells of, with the
--   seconds that it cost, the first cause in order of precedence whose sign it shows (null where it shows none) and
--   what shows it.
-- from: [work.waits, work.signs, work.known_causes, raw.codes]
-- materialized: table
-- ---
with ranked as (
  select
    s.*,
    row_number() over (
      -- a wait of its own is no attempt's
      partition by s.transaction_id, s.cost_seconds is null
      order by s.strength <> 'shown', k.precedence, s.reason
    ) as place
  from work.signs as s
  inner join work.known_causes as k on k.cause = s.cause
  where s.strength <> 'example'
)
select
  w.lookup_id,
  w.step_id,
  w.question_id,
  w.transaction_id,
  w.cost_seconds,
  r.cause,
  case
    when r.cause is not null then r.reason
    when work.is_error(w.rcode) then 'it was answered ' || c.mnemonic || ', and the evidence does not show why'
    when w.seconds is null then 'it was not answered, and the evidence does not show why'
    else 'its answer came late, and the evidence does not show why'
  end as reason
from work.waits as w
left join ranked as r on r.transaction_id = w.transaction_id and r.cost_seconds is null and r.place = 1
left join raw.codes as c on c.registry = 'rcode' and c.code = w.rcode
union all
select lookup_id, null, null, transaction_id, cost_seconds, cause, reason
from ranked
where cost_seconds is not null and place = 1
