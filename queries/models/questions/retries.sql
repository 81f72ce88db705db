-- ---
-- title: Retries
-- description: >
--   One row per attempt at a question after the first, so long (gap_seconds) after the attempt before it, with what
--   that one got: no answer; late answer (after the retry); an rcode, at once or passed over until a time-out; answered
--   already, so that nothing was waited for (a half beside its lost twin, an answer too large); unknown, where this
--   evidence cannot see it.
-- from: [work.question_attempts, work.wire_transactions, raw.codes]
-- materialized: view
-- key: [question_id, attempt]
-- columns:
--   gap_seconds: time since the attempt before; seconds
--   after: what the attempt before had got
-- ---
with retried as (
  select
    a.question_id,
    a.attempt,
    a.gap_seconds,
    t.state,
    case when t.state = 'answered' then (t.answered_ns - t.asked_ns) / 1e9 end as response_seconds,
    t.rcode
  from work.question_attempts as a
  inner join work.question_attempts as b on b.question_id = a.question_id and b.attempt = a.attempt - 1
  inner join work.wire_transactions as t on t.transaction_id = b.transaction_id
  where not a.copy
)
select
  r.question_id,
  r.attempt,
  r.gap_seconds,
  case
    when r.state = 'unanswered' then 'no answer'
    when r.state <> 'answered' then 'unknown'
    when r.rcode in (0, 3) and (r.response_seconds <= r.gap_seconds or r.gap_seconds < 0.1) then 'answered already'
    when r.response_seconds > r.gap_seconds then 'late answer'
    else coalesce(c.mnemonic, 'RCODE' || r.rcode)
      || case when r.gap_seconds - r.response_seconds < 0.1 then ', at once' else ', passed over' end
  end as after
from retried as r
left join raw.codes as c on c.registry = 'rcode' and c.code = r.rcode
