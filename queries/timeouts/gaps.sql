-- ---
-- title: Retry gaps and the resolvers that make them
-- description: >
--   One row per client, length of gap (to a tenth of a second) and what the attempt before it got: how often the client
--   asked the same question again after that gap. 5.0 s is glibc's and Go's, 2.5 s musl's; a retry at once after
--   REFUSED or SERVFAIL is glibc's or Go's next try. Questions asked again though answered (a half beside its lost
--   twin, an answer too large) waited for nothing and are in timeouts/retries only. Forwarders' own retries are in
--   timeouts/forwarders.
-- kind: check
-- severity: medium
-- requires: [questions]
-- narrow: [client, resolver, gap_seconds, retries, questions, answered]
-- columns:
--   client: address of the client
--   client_name: its namespace and pod, or node; null when not known
--   resolver: which resolver it seems to be
--   gap_seconds: gap between two attempts, to a tenth; seconds
--   after: >
--     what the attempt before got: no answer, late answer (after the retry), an rcode that was taken at once or passed
--     over until a time-out, or unknown (this evidence cannot see it)
--   retries: attempts that came after such a gap
--   questions: questions that had one
--   names: names that they asked
--   shortest_gap_seconds: shortest of the gaps; seconds
--   longest_gap_seconds: longest of the gaps; seconds
--   answered: questions that got an answer in the end
--   first_at: when the first of the questions was asked
--   last_at: when the last of the questions was asked
-- ---
select
  q.client,
  max(c.client_name) as client_name,
  max(c.resolver) as resolver,
  round(r.gap_seconds, 1) as gap_seconds,
  r.after,
  count(*) as retries,
  count(distinct q.question_id) as questions,
  count(distinct q.qname) as names,
  min(r.gap_seconds) as shortest_gap_seconds,
  max(r.gap_seconds) as longest_gap_seconds,
  count(distinct case when q.outcome in ('answered', 'negative') then q.question_id end) as answered,
  min(q.asked_at) as first_at,
  max(q.asked_at) as last_at
from retries as r
inner join narrowed.questions as q on q.question_id = r.question_id
left join clients as c on c.client = q.client
where r.after <> 'answered already'
  and not q.from_forwarder
group by q.client, round(r.gap_seconds, 1), r.after
order by retries desc, q.client, gap_seconds, r.after
