-- ---
-- title: Resolvers that ask
-- description: >
--   One row per kind of resolver that clients seem to be (glibc, musl, go, c-ares, forwarder, several, or unknown): its
--   clients, questions and retries.
-- kind: table
-- requires: [questions, clients]
-- narrow: [resolver, clients, questions, queries, retried, failed, median_waited_seconds]
-- columns:
--   resolver: which resolver the clients seem to be
--   clients: clients of this kind
--   questions: questions that they asked
--   queries: queries that they sent, retries counted
--   retried: questions asked more than once
--   unanswered: questions that got no answer
--   failed: questions that got only errors
--   median_waited_seconds: half of the questions waited no longer; seconds
--   longest_waited_seconds: the longest wait of one question; seconds
-- ---
select
  coalesce(c.resolver, 'unknown') as resolver,
  count(distinct q.client) as clients,
  count(*) as questions,
  sum(q.attempts) as queries,
  count(*) filter (where q.attempts > 1) as retried,
  count(*) filter (where q.outcome = 'unanswered') as unanswered,
  count(*) filter (where q.outcome = 'failed') as failed,
  approx_percentile(q.waited_seconds, 0.5) as median_waited_seconds,
  max(q.waited_seconds) as longest_waited_seconds
from narrowed.questions as q
left join clients as c on c.client = q.client
group by coalesce(c.resolver, 'unknown')
order by questions desc, resolver
