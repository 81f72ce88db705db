-- ---
-- title: Slow answers by server and backend
-- description: >
--   One row per server that was asked, the backend behind it and who asked (programs or forwarders) where an answer
--   took $limit_seconds or more; the most slow answers first. Answers at about 2, 4 or 6 s are those of a forwarder
--   whose upstream was silent.
-- kind: check
-- severity: medium
-- requires: [transactions]
-- params:
--   limit_seconds: {type: number, default: 1, description: what counts as slow; seconds}
-- narrow: [server, asked_by, answers, slow, slow_share, p99_seconds]
-- columns:
--   server: address that was asked
--   server_name: its service, pod or node; null when not known
--   backend: the backend that answered; null when not known
--   backend_name: its pod or node; null when not known
--   asked_by: programs or forwarders
--   answers: answers that came
--   slow: those that took as long as the limit or longer
--   slow_share: slow answers among the answers
--   upstream_tries: slow answers after 2, 4 or 6 s (to a tenth), a forwarder's tries of an upstream
--   p50_seconds: half of all answers came within; seconds
--   p99_seconds: 99 in 100 of all answers came within; seconds
--   slowest_seconds: the slowest answer; seconds
--   clients: clients that got a slow answer
--   names: names with a slow answer
--   first_at: when the first slow one was asked
--   last_at: when the last slow one was asked
-- ---
with sums as (
  select
    server, backend, from_forwarder,
    count(*) as answers,
    count(*) filter (where response_seconds >= $limit_seconds::double) as slow,
    count(*) filter (
      where response_seconds >= $limit_seconds::double and round(response_seconds, 1) in (2.0, 4.0, 6.0)
    ) as upstream_tries,
    approx_percentile(response_seconds, 0.5) as p50_seconds,
    approx_percentile(response_seconds, 0.99) as p99_seconds,
    max(response_seconds) as slowest_seconds,
    count(distinct case when response_seconds >= $limit_seconds::double then client end) as clients,
    count(distinct case when response_seconds >= $limit_seconds::double then qname end) as names,
    min(asked_at) filter (where response_seconds >= $limit_seconds::double) as first_at,
    max(asked_at) filter (where response_seconds >= $limit_seconds::double) as last_at
  from narrowed.transactions
  where state = 'answered'
  group by server, backend, from_forwarder
  having count(*) filter (where response_seconds >= $limit_seconds::double) > 0
)
select
  s.server,
  a.name as server_name,
  s.backend,
  b.name as backend_name,
  case when s.from_forwarder then 'forwarders' else 'programs' end as asked_by,
  s.answers,
  s.slow,
  cast(s.slow as double) / s.answers as slow_share,
  s.upstream_tries,
  s.p50_seconds,
  s.p99_seconds,
  s.slowest_seconds,
  s.clients,
  s.names,
  s.first_at,
  s.last_at
from sums as s
left join servers as a on a.server = s.server
left join servers as b on b.server = s.backend
order by s.slow desc, s.server, s.backend, asked_by
