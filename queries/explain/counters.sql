-- ---
-- title: Conntrack counters beside a lookup
-- description: One row per interval between two samples that the lookup or question fell into, and counter of losses,
--   over all CPUs.
-- kind: detail
-- params:
--   lookup: {type: integer, default: null, description: lookup_id}
--   question: {type: integer, default: null, description: "question_id, instead of a lookup"}
-- narrow: [from_time, to_time, counter, increase]
-- columns:
--   path: the samples
--   label: the node that they are of, where known
--   from_time: the sample before
--   to_time: the sample after
--   counter: the counter
--   increase: how much it rose between them
-- ---
with span as (
  select started_at as from_time, plus_seconds(started_at, seconds) as until_time
  from lookups
  where lookup_id = $lookup::bigint
  union all
  select asked_at, plus_seconds(asked_at, coalesce(waited_seconds, 0))
  from questions
  where question_id = $question::bigint
)
select s.path, s.label, d.from_time, d.to_time, d.counter, sum(d.increase) as increase
from span as n
inner join conntrack_deltas as d on d.from_time <= n.until_time and d.to_time >= n.from_time
inner join sources as s on s.source_id = d.source_id
where d.counter in ('insert_failed', 'drop', 'early_drop', 'clash_resolve', 'chaintoolong', 'error')
group by s.path, s.label, d.from_time, d.to_time, d.counter
order by d.from_time, s.path, d.counter
