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
  of_lookup.lookup_id,
  of_lookup.step_id,
  late.*,
  coalesce(
    (lead(late.asked_ns) over attempt - late.asked_ns) / 1e9,
    late.seconds,
    (questions.ended_ns - late.asked_ns) / 1e9
  ) as cost_seconds,
  questions.passes_errors,
  work.zone_of(qname.name) as zone,
  -- of any type: a server that waits for one half of a pair is late with the other too
  exists (
    select 1 from work.upstream_queries as o
    where o.qname_id = late.qname_id
      and o.asked_ns between late.asked_ns - late.before_ns and late.until_ns
      and (o.state <> 'answered' or o.seconds >= $late_seconds)
  ) as name_late_upstream,
  server.address as server,
  coalesce('the upstream ' || upstream.address, 'the server''s upstream') as upstream
from slow
inner join work.question_lookups as of_lookup on of_lookup.lookup_id = slow.lookup_id
inner join work.wire_questions as questions on questions.question_id = of_lookup.question_id
inner join late on late.question_id = of_lookup.question_id
inner join work.name_ids as qname on qname.raw_id = late.qname_id
inner join work.address_ids as server on server.raw_id = late.server_id
left join work.address_ids as upstream on upstream.raw_id = late.upstream_id
window attempt as (partition by late.question_id order by late.attempt)
