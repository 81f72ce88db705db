-- ---
-- title: Queries of a lookup
-- description: >
--   One row per query that the lookup or question sent, in order. A query that left in one TCP segment with another has
--   no frame of its own.
-- kind: detail
-- params:
--   lookup: {type: integer, default: null, description: lookup_id}
--   question: {type: integer, default: null, description: "question_id, instead of a lookup"}
-- narrow: [step, qname, qtype, asked_at, response_seconds, state]
-- columns:
--   step: place of its name in the walk; the first is 1
--   question_id: the question that it is an attempt at
--   transaction_id: the transaction; null for a query that shared a TCP segment
--   attempt: its number among the attempts
--   qname: the name asked
--   qtype: the type asked
--   client_port: port that it left from
--   server: address that it was sent to
--   server_name: its name; null when not known
--   backend: server that it was translated to; null when not seen
--   backend_name: its name; null when not known
--   protocol: udp or tcp
--   txid: the header's ID
--   asked_at: when it left
--   since_before_seconds: since the attempt before; seconds
--   answered_at: when the answer came
--   response_seconds: until then; seconds
--   state: answered, unanswered or unknown
--   rcode: of the answer
--   answers: records in the answer
--   truncated: whether the answer was cut to fit
--   min_ttl: smallest TTL of the answer; seconds
--   query_reached_server: whether it was seen to reach the server; null when this evidence cannot see it
--   response_left_server: whether an answer was seen to leave the server; null when this evidence cannot see it
--   lost_at: between which places the query or its answer was lost; null when this evidence cannot tell
--   last_seen: where it was seen last, if so
--   icmp: what an ICMP error said of it; null without one
--   icmp_from: address that said so
--   icmp_at: when
--   in_log: whether a server's log has it; null when the logs cannot tell
-- ---
with asked as (
  select *
  from questions
  where lookup_id = $lookup::bigint or question_id = $question::bigint
),
names as (
  select qname, row_number() over (order by min(asked_at), qname) as step
  from asked
  group by qname
),
sent as (
  select
    q.question_id,
    q.qname,
    q.qtype,
    q.outcome,
    q.server as first_server,
    q.rcode as question_rcode,
    q.asked_at as question_at,
    q.waited_seconds,
    t.transaction_id, t.attempt, t.client_port, t.server, t.backend, t.protocol, t.txid, t.asked_at, t.answered_at,
    t.response_seconds,
    t.state,
    t.rcode,
    t.answers,
    t.truncated,
    t.min_ttl,
    t.query_reached_server,
    t.response_left_server,
    t.in_log,
    t.lost_at, coalesce(t.response_last_seen, t.query_last_seen) as last_seen, t.icmp, t.icmp_from, t.icmp_at
  from asked as q
  left join transactions as t on t.question_id = q.question_id
)
select
  n.step,
  s.question_id,
  s.transaction_id,
  coalesce(s.attempt, 1) as attempt,
  s.qname,
  s.qtype,
  s.client_port,
  coalesce(s.server, s.first_server) as server,
  v.name as server_name,
  s.backend,
  b.name as backend_name,
  s.protocol,
  s.txid,
  coalesce(s.asked_at, s.question_at) as asked_at,
  date_diff('microsecond', lag(s.asked_at) over (partition by s.question_id order by s.attempt), s.asked_at)
  / 1e6 as since_before_seconds,
  coalesce(
    s.answered_at,
    case
      when s.transaction_id is null and s.outcome not in ('unanswered', 'unknown')
        then plus_seconds(s.question_at, s.waited_seconds)
    end
  ) as answered_at,
  coalesce(s.response_seconds, case when s.transaction_id is null then s.waited_seconds end) as response_seconds,
  coalesce(s.state, case when s.outcome in ('unanswered', 'unknown') then s.outcome else 'answered' end) as state,
  coalesce(s.rcode, case when s.transaction_id is null then s.question_rcode end) as rcode,
  s.answers,
  s.truncated,
  s.min_ttl,
  s.query_reached_server,
  s.response_left_server,
  s.lost_at,
  s.last_seen,
  s.icmp,
  s.icmp_from,
  s.icmp_at,
  s.in_log
from sent as s
inner join names as n on n.qname = s.qname
left join servers as v on v.server = coalesce(s.server, s.first_server)
left join servers as b on b.server = s.backend
order by asked_at, s.transaction_id
