-- ---
-- title: Lookups by id
-- description: >
--   One row for each name a program asked for. A walk of more than one step is named by its base name, any other by the
--   name that was asked.
-- from: [work.lookup_steps, work.wire_steps, work.walk_names, work.name_ids]
-- materialized: table
-- key: [lookup_id]
-- ---
with lookups as (
  select
    l.lookup_id,
    any_value(s.client_id) as client_id,
    any_value(s.qname_id) as qname_id,
    any_value(l.base_id) as base_id,
    min(s.started_ns) as started_ns,
    -- a step before the last ended when the next began
    arg_max(s.ended_ns, s.step_id) as ended_ns,
    arg_max(s.still_open, s.step_id) as still_open,
    count(distinct s.qname_id)::INTEGER as steps,
    sum(s.queries)::INTEGER as queries,
    -- steps are numbered in the order of their times
    arg_max(s.queries, s.step_id) as last_queries,
    arg_max(s.outcome, s.step_id) as last_outcome,
    bool_or(s.address_lookup) as address_lookup,
    bool_and(s.timed) as timed
  from work.lookup_steps as l
  inner join work.wire_steps as s on s.step_id = l.step_id
  group by l.lookup_id
),
bases as (
  select distinct base_id, base from work.walk_names
)
select
  l.lookup_id,
  l.client_id,
  case when l.steps > 1 then b.base else n.name end as name,
  l.started_ns,
  l.ended_ns,
  l.still_open,
  l.steps,
  l.queries,
  case when l.steps > 1 then l.queries - l.last_queries else 0 end as wasted_queries,
  case when l.last_outcome = 'unanswered' then 'failed' else l.last_outcome end as outcome,
  l.address_lookup,
  l.timed
from lookups as l
inner join work.name_ids as n on n.raw_id = l.qname_id
left join bases as b on b.base_id = l.base_id
