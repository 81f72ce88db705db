-- ---
-- title: Forwarders' retries of their upstreams
-- description: >
--   One row per forwarder (CoreDNS, NodeLocal), server that it asked and length of gap (to a tenth of a second): how
--   often it asked again. 2.0 s is CoreDNS's own limit for an upstream, so a silent upstream gives its clients late
--   answers at 2, 4 or 6 s.
-- kind: check
-- severity: medium
-- requires: [questions]
-- narrow: [forwarder, server, gap_seconds, retries, names, answered]
-- columns:
--   forwarder: address of the forwarder
--   forwarder_name: its namespace and pod, or node; null when not known
--   server: the upstream that it asked first
--   gap_seconds: gap between two attempts, to a tenth; seconds
--   retries: attempts that came after such a gap
--   questions: questions that had one
--   names: names that they asked
--   answered: questions that got an answer in the end
--   first_at: when the first of the questions was asked
--   last_at: when the last of the questions was asked
-- ---
select
  q.client as forwarder,
  max(c.client_name) as forwarder_name,
  q.server,
  round(r.gap_seconds, 1) as gap_seconds,
  count(*) as retries,
  count(distinct q.question_id) as questions,
  count(distinct q.qname) as names,
  count(distinct case when q.outcome in ('answered', 'negative') then q.question_id end) as answered,
  min(q.asked_at) as first_at,
  max(q.asked_at) as last_at
from retries as r
inner join narrowed.questions as q on q.question_id = r.question_id
left join clients as c on c.client = q.client
where r.after <> 'answered already'
  and q.from_forwarder
group by q.client, q.server, round(r.gap_seconds, 1)
order by retries desc, q.client, q.server, gap_seconds
