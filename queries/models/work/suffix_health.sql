-- ---
-- title: How the suffixes of search lists fare
-- description: >
--   One row a search suffix (the empty one is the bare name) that walks asked for, with how many of its steps failed or timed out.
-- from: [work.walks, work.wire_steps, work.client_search]
-- materialized: table
-- ---
with steps as (
  select
    coalesce(c.suffix, '') as suffix,
    s.client_id,
    s.step_id,
    s.started_ns,
    s.ended_ns,
    s.outcome in ('failed', 'unanswered') as failed
  from work.walks as w
  inner join work.wire_steps as s on s.step_id = w.step_id
  left join work.client_search as c on c.client_id = s.client_id and c.position = w.place
)
select
  suffix,
  count(*) as steps,
  count(*) filter (where failed) as failed,
  count(*) filter (where failed) / count(*) as failed_share,
  min(started_ns) filter (where failed) as first_ns,
  max(ended_ns) filter (where failed) as last_ns
from steps
group by suffix
