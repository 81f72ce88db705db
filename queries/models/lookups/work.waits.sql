-- ---
-- title: What slow and failed lookups waited for
-- description: >
--   One row per attempt that a slow or failed lookup waited for or that ended in an error, with the seconds that it
--   cost, and what the evidence has of it. Causes look for their signs here.
-- from: [work.wire_lookups, work.question_lookups, work.question_attempts, work.wire_questions, work.late_transactions,
--   work.name_ids, work.address_ids, work.upstream_queries]
-- materialized: table
-- key: [transaction_id]
-- ---
with slow as (
  select lookup_id from work.wire_lookups
  where outcome = 'failed' or ended_ns - started_ns >= work.ns($told_seconds)
),
late as (
  select t.*, coalesce(a.question_id, t.transaction_id) as question_id, coalesce(a.attempt, 1) as attempt
  from work.late_transactions as t
  left join work.question_attempts as a on a.transaction_id = t.transaction_id
)
select
  q.lookup_id,
  q.step_id,
  t.*,
  coalesce(
    (lead(t.asked_ns) over attempt - t.asked_ns) / 1e9,
    t.seconds,
    (w.ended_ns - t.asked_ns) / 1e9
  ) as cost_seconds,
  w.passes_errors,
  work.zone_of(n.name) as zone,
  -- of any type: a server that waits for one half of a pair is late with the other too
  exists (
    select 1 from work.upstream_queries as o
    where o.qname_id = t.qname_id
      and o.asked_ns between t.asked_ns - t.before_ns and t.until_ns
      and (o.state <> 'answered' or o.seconds >= $late_seconds)
  ) as name_late_upstream,
  s.address as server,
  coalesce('the upstream ' || u.address, 'the server''s upstream') as upstream
from slow as l
inner join work.question_lookups as q on q.lookup_id = l.lookup_id
inner join work.wire_questions as w on w.question_id = q.question_id
inner join late as t on t.question_id = q.question_id
inner join work.name_ids as n on n.raw_id = t.qname_id
inner join work.address_ids as s on s.raw_id = t.server_id
left join work.address_ids as u on u.raw_id = t.upstream_id
window attempt as (partition by t.question_id order by t.attempt)
