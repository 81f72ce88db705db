-- ---
-- title: Retries, one by one
-- description: >
--   One row a retry of a program's question: who waited how long for what; in the order they were asked. Forwarders' own retries are left out.
-- kind: table
-- requires: [questions]
-- params:
--   min_gap_seconds: {type: number, default: 0, description: only gaps of so long or more; seconds}
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
--     what the attempt before got, worded as in timeouts/gaps; or answered already (glibc asks both halves again when one is lost, and at once when
--     an answer was too large)
--   server: the server that the attempt before asked
--   backend: the backend that it reached; null when not known
--   outcome: how the question ended
--   waited_seconds: from the first attempt to the end; seconds
--   question_id: the question; see dnslens explain
-- ---
with retried as (
  select q.question_id, q.client, q.qname, q.qtype, q.asked_at, q.outcome, q.waited_seconds, g.gap, g.attempt
  from questions as q
  cross join unnest(q.gaps_seconds) with ordinality as g (gap, attempt)
  where q.attempts > 1
    and not q.from_forwarder
    and g.gap >= $min_gap_seconds::double
    and ($since::timestamp_ns is null or q.asked_at >= $since::timestamp_ns)
    and ($until::timestamp_ns is null or q.asked_at < $until::timestamp_ns)
    and ($client::varchar is null or q.client = $client::varchar)
)
select
  r.asked_at,
  r.client,
  coalesce(c.namespace || '/' || c.pod, c.pod, c.node) as client_name,
  c.resolver,
  r.qname,
  r.qtype,
  r.attempt + 1 as attempt,
  r.gap as gap_seconds,
  case
    when t.state = 'unanswered' then 'no answer'
    when t.state = 'answered' and t.rcode in ('NOERROR', 'NXDOMAIN') and (t.response_seconds <= r.gap or r.gap < 0.1)
      then 'answered already'
    when t.state = 'answered' and t.response_seconds > r.gap then 'late answer'
    when t.state = 'answered' and r.gap - t.response_seconds < 0.1 then t.rcode || ', at once'
    when t.state = 'answered' then t.rcode || ', passed over'
    else 'unknown'
  end as after,
  t.server,
  t.backend,
  r.outcome,
  r.waited_seconds,
  r.question_id
from retried as r
left join clients as c on c.client = r.client
left join transactions as t on t.question_id = r.question_id and t.attempt = r.attempt
order by r.asked_at, r.question_id, r.attempt
