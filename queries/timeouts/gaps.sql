-- ---
-- title: Retry gaps and the resolvers that make them
-- description: >
--   One row a client, length of gap (to a tenth of a second) and what the attempt before it got: how often the client asked the same question again
--   after that gap. 5.0 s is glibc's and Go's, 2.5 s musl's;
--   a retry at once after REFUSED or SERVFAIL is glibc's or Go's next try.
--   Questions asked again though answered (a half beside its lost twin, an answer too large) waited for nothing and are in timeouts/retries only.
--   Forwarders' own retries are in timeouts/forwarders.
-- kind: check
-- severity: medium
-- requires: [questions]
-- columns:
--   client: address of the client
--   client_name: its namespace and pod, or node; null when not known
--   resolver: which resolver it seems to be
--   gap_seconds: gap between two attempts, to a tenth; seconds
--   after: >
--     what the attempt before got: no answer, late answer (after the retry), an rcode that was taken at once or passed over until a time-out,
--     or unknown (this evidence cannot see it)
--   retries: attempts that came after such a gap
--   questions: questions that had one
--   names: names that they asked
--   shortest_gap_seconds: shortest of the gaps; seconds
--   longest_gap_seconds: longest of the gaps; seconds
--   answered: questions that got an answer in the end
--   first_at: when the first of the questions was asked
--   last_at: when the last of the questions was asked
-- ---
with retried as (
  select q.question_id, q.client, q.qname, q.asked_at, q.outcome, g.gap, g.attempt
  from questions as q
  cross join unnest(q.gaps_seconds) with ordinality as g (gap, attempt)
  where q.attempts > 1
    and not q.from_forwarder
    and ($since::timestamp_ns is null or q.asked_at >= $since::timestamp_ns)
    and ($until::timestamp_ns is null or q.asked_at < $until::timestamp_ns)
    and ($client::varchar is null or q.client = $client::varchar)
),
explained as (
  select
    r.*,
    case
      when t.state = 'unanswered' then 'no answer'
      when t.state = 'answered' and t.rcode in ('NOERROR', 'NXDOMAIN') and (t.response_seconds <= r.gap or r.gap < 0.1)
        then 'answered already'
      when t.state = 'answered' and t.response_seconds > r.gap then 'late answer'
      when t.state = 'answered' and r.gap - t.response_seconds < 0.1 then t.rcode || ', at once'
      when t.state = 'answered' then t.rcode || ', passed over'
      else 'unknown'
    end as after
  from retried as r
  left join transactions as t on t.question_id = r.question_id and t.attempt = r.attempt
)
select
  e.client,
  max(coalesce(c.namespace || '/' || c.pod, c.pod, c.node)) as client_name,
  max(c.resolver) as resolver,
  round(e.gap, 1) as gap_seconds,
  e.after,
  count(*) as retries,
  count(distinct e.question_id) as questions,
  count(distinct e.qname) as names,
  min(e.gap) as shortest_gap_seconds,
  max(e.gap) as longest_gap_seconds,
  count(distinct case when e.outcome in ('answered', 'negative') then e.question_id end) as answered,
  min(e.asked_at) as first_at,
  max(e.asked_at) as last_at
from explained as e
left join clients as c on c.client = e.client
where e.after <> 'answered already'
group by e.client, round(e.gap, 1), e.after
order by retries desc, e.client, gap_seconds, e.after
