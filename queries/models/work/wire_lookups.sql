-- ---
-- title: Lookups by id
-- description: >
--   One row for each name a program asked for. A walk of more than one step is named by its base name, any other by the name that was asked.
-- from: [work.lookup_steps, work.name_ids]
-- materialized: table
-- ---
select
  l.lookup_id,
  any_value(l.client_id) as client_id,
  case when any_value(l.steps) > 1 then any_value(l.base) else any_value(n.name) end as name,
  min(l.started_ns) as started_ns,
  max(l.ended_ns) as ended_ns,
  any_value(l.steps)::INTEGER as steps,
  sum(l.queries)::INTEGER as queries,
  case when any_value(l.steps) > 1 then sum(l.queries) - arg_min(l.queries, l.from_last) else 0 end::INTEGER as wasted_queries,
  case
    when arg_min(l.outcome, l.from_last) = 'answered' then 'answered'
    when arg_min(l.outcome, l.from_last) in ('failed', 'unanswered') then 'failed'
    else arg_min(l.outcome, l.from_last)
  end as outcome,
  bool_or(l.address_lookup) as address_lookup
from work.lookup_steps as l
inner join work.name_ids as n on n.raw_id = l.qname_id
group by l.lookup_id
