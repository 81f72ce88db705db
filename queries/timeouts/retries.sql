-- ---
-- title: Retries, one by one
-- description: >
--   One row per retry of a program's question: who waited how long for what; in the order they were asked. Forwarders'
--   own retries are left out.
-- kind: table
-- requires: [questions]
-- params:
--   min_gap_seconds: {type: number, default: 0, description: only gaps of so long or more; seconds}
-- narrow: [asked_at, client, qname, gap_seconds, after]
-- columns:
--   asked_at: when the question was first asked
--   client: address of the client
--   client_name: its namespace and pod, or node; null when not known
--   resolver: which resolver it seems to be
--   qname: the name asked
--   qtype: the type asked
--   attempt: which attempt the retry is; the first retry is 2
--   gap_seconds: since the attempt before; seconds
--   after: >
--     what the attempt before got, worded as in timeouts/gaps; or answered already (glibc asks both halves again when
--     one is lost, and at once when an answer was too large)
--   server: the server that the attempt before asked
--   backend: the backend that it reached; null when not known
--   outcome: how the question ended
--   waited_seconds: from the first attempt to the end; seconds
--   question_id: the question; see dnslens explain
-- ---
select
  q.asked_at,
  q.client,
  c.client_name,
  c.resolver,
  q.qname,
  q.qtype,
  r.attempt,
  r.gap_seconds,
  r.after,
  t.server,
  t.backend,
  q.outcome,
  q.waited_seconds,
  q.question_id
from retries as r
inner join narrowed.questions as q on q.question_id = r.question_id
left join transactions as t on t.question_id = r.question_id and t.attempt = r.attempt - 1
left join clients as c on c.client = q.client
where r.gap_seconds >= $min_gap_seconds::double
  and not q.from_forwarder
order by q.asked_at, q.question_id, r.attempt
