-- ---
-- title: CoreDNS overloaded
-- description: >
--   One row; whether CoreDNS itself is too slow: late on the wire though quick in its log, queries that reached it and never came into its log, REFUSED because max_concurrent was
--   reached. Confirmed when wire and log disagree, or its log says so; likely from late answers for names that need no upstream.
-- kind: fault
-- from: [work.evidence, work.judged_transactions, work.log_line_matches, work.upstream_queries, work.losses, raw.log_queries, raw.log_events]
-- params:
--   least: {default: 10, description: late answers that it takes}
--   share: {default: 0.05, description: share of all answers that they must be}
--   refusals: {default: 3, description: REFUSED answers that it takes beside a log that names max_concurrent}
-- change:
--   - "Give CoreDNS more CPU (raise or drop the limit; look at throttling in container_cpu_cfs_throttled_periods_total) and more replicas; let the DNS autoscaler follow the cores."
--   - "Raise forward's max_concurrent where memory allows (about 2 KB a query)."
-- collect:
--   - "kubectl top pods -n kube-system -l k8s-app=kube-dns; kubectl get deploy coredns -n kube-system -o yaml"
--   - "kubectl logs -n kube-system -l k8s-app=kube-dns --timestamps --prefix > coredns.log   # with the log plugin on"
-- look: [servers/late, servers/errors]
-- ---
with timed as (
  select
    t.transaction_id,
    t.qname_id,
    t.qtype,
    t.rcode,
    (t.answered_ns - t.asked_ns) / 1e9 as seconds,
    q.duration_seconds
  from work.judged_transactions as t
  left join work.log_line_matches as m on m.transaction_id = t.transaction_id
  left join raw.log_queries as q on q.source_id = m.source_id and q.line = m.line
  where t.state = 'answered' and not t.from_forwarder
),
forwarded as (
  select distinct qname_id, qtype from work.upstream_queries
),
answers as (
  select
    count(*) as answered,
    count(*) filter (where seconds >= $late_seconds and duration_seconds < $log_quick_share * seconds) as late_but_quick,
    count(*) filter (where seconds >= $late_seconds and duration_seconds is null and f.qname_id is null and rcode in (0, 3)) as late_alone,
    count(*) filter (where rcode = 5) as refused
  from timed as t
  left join forwarded as f on f.qname_id = t.qname_id and f.qtype = t.qtype
),
swallowed as (
  select count(*) as never_logged
  from work.losses
  where query_reached_server and not response_left_server and in_log = false
),
events as (
  select coalesce(sum(count) filter (where event = 'max-concurrent'), 0) as at_limit from raw.log_events
),
numbers as (select * from work.evidence cross join answers cross join swallowed cross join events)
select
  case
    when late_but_quick >= $least and late_but_quick >= $share * answered then 'confirmed'
    when at_limit > 0 and refused >= $refusals then 'confirmed'
    when at_limit > 0 then 'likely'
    when upstream_queries > 0 and log_lines = 0 and late_alone >= $least and late_alone >= $share * answered then 'likely'
    when late_alone >= $least and late_alone >= $share * answered and log_lines = 0 and upstream_queries = 0 then 'possible'
    when timed > 0 then 'ruled_out'
    else 'no_evidence'
  end as verdict,
  case
    when late_but_quick >= $least and late_but_quick >= $share * answered
      then format('{} of {} took {:.1f} s or longer on the wire while the log calls them quick', late_but_quick, work.counted(answered, 'answer', 'answers'), $late_seconds)
    when at_limit > 0 then format('CoreDNS reached max_concurrent {} and {} REFUSED', work.counted(at_limit, 'time', 'times'), work.counted(refused, 'query was', 'queries were'))
    when late_alone >= $least and late_alone >= $share * answered and log_lines = 0
      then format('{} of {} took {:.1f} s or longer though no upstream was asked for them', late_alone, work.counted(answered, 'answer', 'answers'), $late_seconds)
    when judged > 0 and timed = 0 then 'the captures tell no times, so that no answer can be called late or quick'
    when judged > 0 then 'answers that need no upstream come quickly'
    else 'it takes a capture beside the log to tell time inside CoreDNS from time before it'
  end as summary,
  list_filter([
    case when never_logged > 0 then work.counted(never_logged, 'query', 'queries') || ' reached the server and never came into its log' end,
    case when at_limit > 0 and late_but_quick > 0 then 'max_concurrent was reached ' || work.counted(at_limit, 'time', 'times') end
  ], x -> x is not null) as findings
from numbers
