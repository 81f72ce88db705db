-- ---
-- title: Questions that a cache on the node would see
-- description: >
--   One row per question of a lookup, in order, with the TTL of its answer. Questions that already went to a NodeLocal
--   DNSCache are left out, and those that such a cache would neither answer nor keep an answer for: the same was not
--   asked while an answer could be kept.
-- kind: detail
-- requires: [lookups]
-- params:
--   most_seconds: {type: number, default: 30, description: longest that the cache keeps an answer; seconds}
-- narrow: [lookup_id, qname, qtype, asked_at, attempts, outcome]
-- columns:
--   lookup_id: the lookup that asked it
--   node: node of the client; its own address when the node is not known
--   qname: the name
--   qtype: the type
--   asked_at: when it was asked
--   answered_at: when the answer came; null when none came
--   attempts: queries sent for it
--   outcome: answered, negative, failed, unanswered or unknown
--   ttl: smallest TTL of the answer; seconds
-- ---
with replies as (
  select question_id, max_by(min_ttl, attempt) as ttl, max(answered_at) as answered_at
  from transactions
  where state = 'answered'
  group by question_id
),
asked as (
  select
    q.question_id,
    q.lookup_id,
    coalesce(c.node, q.client) as node,
    q.qname,
    q.qtype,
    q.asked_at,
    r.answered_at,
    q.attempts,
    q.outcome,
    r.ttl
  from narrowed.questions as q
  left join replies as r on r.question_id = q.question_id
  left join clients as c on c.client = q.client
  left join servers as s on s.server = q.server
  where q.lookup_id is not null
    and coalesce(s.role, 'server') <> 'nodelocal'
),
beside as (
  select
    *,
    max(answered_at) over (
      partition by node, qname, qtype order by asked_at, question_id rows between unbounded preceding and 1 preceding
    ) as answered_before,
    lead(asked_at) over (partition by node, qname, qtype order by asked_at, question_id) as asked_after
  from asked
)
select lookup_id, node, qname, qtype, asked_at, answered_at, attempts, outcome, ttl
from beside
where asked_at < plus_seconds(answered_before, $most_seconds::double)
  or asked_after < plus_seconds(answered_at, $most_seconds::double)
order by asked_at, question_id
