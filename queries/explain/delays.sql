-- ---
-- title: What a slow or failed lookup waited for
-- description: >
--   One row per attempt that the lookup or question waited for or that ended in an error, the costliest first, with the
--   cause that it shows and why.
-- kind: detail
-- params:
--   lookup: {type: integer, default: null, description: lookup_id}
--   question: {type: integer, default: null, description: "question_id, instead of a lookup"}
-- narrow: [qname, qtype, cost_seconds, cause, reason]
-- columns:
--   transaction_id: the attempt
--   qname: the name it asked
--   qtype: the type it asked
--   asked_at: when
--   cost_seconds: how long the lookup waited for it; seconds
--   cause: the cause that it shows; null where the evidence shows none
--   blamed: whether the lookup is blamed on this cause
--   reason: what shows it, as the end of a sentence
-- ---
select
  d.transaction_id,
  t.qname,
  t.qtype,
  t.asked_at,
  d.cost_seconds,
  d.cause,
  coalesce(d.cause = l.cause, false) as blamed,
  d.reason
from lookup_delays as d
inner join transactions as t on t.transaction_id = d.transaction_id
inner join lookups as l on l.lookup_id = d.lookup_id
where d.lookup_id = $lookup::bigint or d.question_id = $question::bigint
order by d.cost_seconds desc, t.asked_at, d.transaction_id
