-- ---
-- title: A lookup or question
-- description: One row for the lookup or question, with what is known of its client.
-- kind: detail
-- params:
--   lookup: {type: integer, default: null, description: lookup_id}
--   question: {type: integer, default: null, description: "question_id, instead of a lookup"}
-- narrow: [lookup_id, name, client, started_at, seconds, outcome]
-- columns:
--   lookup_id: the lookup; of a question the one it belongs to, null when none
--   question_id: the question; null when a lookup was asked for
--   name: the name that was asked for
--   qtype: type of the question; null for a lookup
--   client: address of the client
--   client_name: its namespace and pod, or node; null when not known
--   workload: its workload; null when not known
--   resolver: which resolver the client seems to be
--   search_list: its search list
--   ndots: its ndots; null when not known
--   started_at: when it began
--   seconds: how long it took; seconds
--   steps: names tried
--   queries: queries sent
--   wasted_queries: of these, those for names that only the search list made
--   outcome: how it ended
--   cause: what the lookup is blamed on; null when it was neither slow nor failed
-- ---
with subject as (
  select
    l.lookup_id,
    cast(null as bigint) as question_id,
    l.name,
    cast(null as varchar) as qtype,
    l.client,
    l.started_at,
    l.seconds,
    l.steps, l.queries, l.wasted_queries, l.outcome, l.cause
  from lookups as l
  where l.lookup_id = $lookup::bigint
  union all
  select
    q.lookup_id, q.question_id, q.qname, q.qtype, q.client, q.asked_at, q.waited_seconds,
    1, q.attempts, 0, q.outcome, l.cause
  from questions as q
  left join lookups as l on l.lookup_id = q.lookup_id
  where q.question_id = $question::bigint
)
select
  s.lookup_id,
  s.question_id,
  s.name,
  s.qtype,
  s.client,
  c.client_name,
  c.workload,
  c.resolver,
  c.search_list,
  c.ndots,
  s.started_at,
  s.seconds,
  s.steps,
  s.queries,
  s.wasted_queries,
  s.outcome,
  s.cause
from subject as s
left join clients as c on c.client = s.client
