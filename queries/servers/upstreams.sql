-- ---
-- title: Upstreams as the servers see them
-- description: >
--   One row per upstream that CoreDNS or NodeLocal forwards to and the server that asks it: queries on the wire,
--   answered or not, and how long answers took.
-- kind: table
-- requires: [transactions]
-- narrow: [upstream, asked_by, queries, unanswered, servfail, p50_seconds, p99_seconds]
-- columns:
--   upstream: address that was asked
--   asked_by: server that forwarded
--   asked_by_name: its pod, if known
--   queries: transactions
--   answered: of these, answered
--   unanswered: of these, never answered
--   unanswered_share: unanswered of those whose end is known
--   servfail: answers SERVFAIL
--   refused: answers REFUSED
--   p50_seconds: median response time; seconds
--   p99_seconds: 99th percentile; seconds
--   max_seconds: longest; seconds
--   first_unanswered_at: first query without answer, UTC
-- chart: {mark: range, x: upstream, y: [p50_seconds, p99_seconds, max_seconds], y_scale: log, panel: asked_by, label:
--     [max_seconds, unanswered]}
-- ---
select
  t.server as upstream,
  t.client as asked_by,
  s.name as asked_by_name,
  count(*) as queries,
  count_if(t.state = 'answered') as answered,
  count_if(t.state = 'unanswered') as unanswered,
  cast(count_if(t.state = 'unanswered') as double) / nullif(count_if(t.state <> 'unknown'), 0) as unanswered_share,
  count_if(t.rcode = 'SERVFAIL') as servfail,
  count_if(t.rcode = 'REFUSED') as refused,
  approx_percentile(t.response_seconds, 0.5) as p50_seconds,
  approx_percentile(t.response_seconds, 0.99) as p99_seconds,
  max(t.response_seconds) as max_seconds,
  min(case when t.state = 'unanswered' then t.asked_at end) as first_unanswered_at
from narrowed.transactions as t
left join servers as s on s.server = t.client
where t.from_forwarder
group by t.server, t.client, s.name
order by unanswered desc, queries desc, upstream, asked_by
