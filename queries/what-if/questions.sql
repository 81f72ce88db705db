-- ---
-- title: Questions that a cache on the node would see
-- description: >
--   One row per question of a lookup, in order, with the TTL of its answer. Questions that already went to a NodeLocal DNSCache are left out.
-- kind: detail
-- requires: [lookups]
-- columns:
--   question_id: the question
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
)
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
order by q.asked_at, q.question_id
