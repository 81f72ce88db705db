-- ---
-- title: Answers that are errors
-- description: >
--   One row per server, rcode and client of answers SERVFAIL, REFUSED and the like (all but NOERROR and NXDOMAIN), as
--   the wire shows them.
-- kind: check
-- severity: medium
-- requires: [transactions]
-- narrow: [server, rcode, client, answers, share, example]
-- columns:
--   server: address that answered
--   name: its pod or service, if known
--   rcode: response code
--   client: address that asked
--   workload: its workload, if known
--   answers: transactions with this answer
--   share: of all answers of this server to this client
--   names: distinct names
--   example: one of the names
--   p50_seconds: median response time; whole multiples of 2 s point to a silent upstream; seconds
--   first_at: first such query, UTC
--   last_at: last such query, UTC
-- ---
with answered as (
  select
    coalesce(backend, server) as server,
    client,
    rcode,
    qname,
    asked_at,
    response_seconds
  from narrowed.transactions
  where state = 'answered'
),
totals as (
  select server, client, count(*) as answers
  from answered
  group by server, client
)
select
  a.server,
  s.name,
  a.rcode,
  a.client,
  c.workload,
  count(*) as answers,
  cast(count(*) as double) / max(t.answers) as share,
  count(distinct a.qname) as names,
  min(a.qname) as example,
  approx_percentile(a.response_seconds, 0.5) as p50_seconds,
  min(a.asked_at) as first_at,
  max(a.asked_at) as last_at
from answered as a
inner join totals as t on t.server = a.server and t.client = a.client
left join servers as s on s.server = a.server
left join clients as c on c.client = a.client
where a.rcode not in ('NOERROR', 'NXDOMAIN')
group by a.server, s.name, a.rcode, a.client, c.workload
order by answers desc, a.server, a.client, a.rcode
