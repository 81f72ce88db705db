-- ---
-- title: Questions given up
-- description: >
--   One row per client, ending (unanswered or failed), rcode and number of attempts of questions that got no usable
--   answer: how long programs waited for nothing. Forwarders' own questions are left out.
-- kind: check
-- severity: high
-- requires: [questions]
-- narrow: [client, outcome, rcode, questions, names, waited_seconds]
-- columns:
--   client: address of the client
--   client_name: its namespace and pod, or node; null when not known
--   resolver: which resolver it seems to be
--   outcome: unanswered (nothing came) or failed (only errors came)
--   rcode: the last error; null when nothing came
--   attempts: attempts of each question
--   questions: questions that ended so
--   names: names that they asked
--   waited_seconds: what all of them waited together; seconds
--   longest_waited_seconds: longest wait of one; seconds
--   first_at: when the first was asked
--   last_at: when the last was asked
-- ---
select
  q.client,
  max(c.client_name) as client_name,
  max(c.resolver) as resolver,
  q.outcome,
  q.rcode,
  q.attempts,
  count(*) as questions,
  count(distinct q.qname) as names,
  sum(q.waited_seconds) as waited_seconds,
  max(q.waited_seconds) as longest_waited_seconds,
  min(q.asked_at) as first_at,
  max(q.asked_at) as last_at
from narrowed.questions as q
left join clients as c on c.client = q.client
where q.outcome in ('unanswered', 'failed')
  and not q.from_forwarder
group by q.client, q.outcome, q.rcode, q.attempts
order by questions desc, q.client, q.outcome, q.rcode, q.attempts
