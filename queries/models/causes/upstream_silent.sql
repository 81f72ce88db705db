-- ---
-- title: Upstream silent
-- description: >
--   One row; whether the servers that CoreDNS forwards to leave queries unanswered. Confirmed when its own queries are seen unanswered and either its log says i/o timeout or clients waited meanwhile;
--   likely from unanswered queries alone, or from the log beside upstreams that are seen in part; possible from the log alone, which says i/o timeout of late answers too, and from late SERVFAIL answers.
-- kind: fault
-- from: [work.evidence, work.upstream_queries, work.late_transactions, work.address_names, raw.log_events, raw.log_queries]
-- params:
--   least: {default: 3, description: unanswered upstream queries that it takes}
--   share: {default: 0.005, description: share of the upstream queries that they must be}
-- change:
--   - "Look at the upstream: the VPC resolver (the network's base address plus two), its limits, the security groups and routes to it."
--   - "Give forward more than one upstream, policy sequential and a short health_check, and cache with serve_stale, so that one silent server costs less."
-- collect:
--   - "tcpdump -i any -w node.pcap port 53   # on CoreDNS's node"
--   - "kubectl logs -n kube-system -l k8s-app=kube-dns --timestamps --prefix > coredns.log   # with errors and log on"
-- look: [servers/upstreams, timeouts/forwarders]
-- ---
with upstream as (
  select
    count(*) as asked,
    count(*) filter (where state = 'unanswered') as silent,
    count(*) filter (where state = 'answered' and seconds >= 1.9) as answered_late,
    (select string_agg(distinct n.label, ', ' order by n.label) from work.upstream_queries as u inner join work.address_names as n on n.address_id = u.upstream_id where u.state = 'unanswered') as servers
  from work.upstream_queries
),
late as (
  select
    count(*) filter (where upstream_lost > 0 and (seconds >= 0.9 or state <> 'answered')) as waited,
    count(*) filter (where seconds >= 1.9 and (rcode = 2 or seconds % 2 < 0.2)) as as_if
  from work.late_transactions
),
logged as (
  select coalesce(sum(count) filter (where reason = 'i/o timeout'), 0) as timeouts from raw.log_events where event like 'upstream-error%'
),
lines as (
  -- forward gives an upstream 2 s: what ended a little after 2, 4 or 6 s waited for one that was silent
  select count(*) as slow_tries from raw.log_queries where duration_seconds >= 1.9 and (rcode = 2 or rcode is null or duration_seconds % 2 < 0.2)
),
numbers as (
  select e.*, u.*, l.*, g.*, n.*, u.silent >= $least and u.silent >= $share * u.asked as many
  from work.evidence as e cross join upstream as u cross join late as l cross join logged as g cross join lines as n
)
select
  case
    when many and (timeouts > 0 or waited > 0) then 'confirmed'
    when many or (timeouts >= $least and upstream_queries > 0 and answered_late = 0) then 'likely'
    when silent > 0 or (timeouts > 0 and answered_late = 0) or (slow_tries > 0 and upstream_queries = 0) then 'possible'
    when upstream_queries > 0 then 'ruled_out'
    when log_lines + log_events > 0 and captures = 0 then 'ruled_out'
    when as_if > 0 then 'possible'
    when judged > 0 and (select count(*) from work.late_transactions where state <> 'answered' or seconds >= 0.5 or work.is_error(rcode)) = 0 then 'ruled_out'
    else 'no_evidence'
  end as verdict,
  case
    when silent > 0 then format('{} of {} to {} went unanswered, and {} waited for {}', silent, work.counted(asked, 'query', 'queries'), servers, work.counted(waited, 'query of programs', 'queries of programs'), if(silent = 1, 'it', 'them'))
    when timeouts > 0 and answered_late > 0 then format('all {} to upstreams were answered, {} of them after the 2 s that CoreDNS waits, which its log calls i/o timeouts', work.counted(asked, 'query', 'queries'), answered_late)
    when timeouts > 0 and upstream_queries = 0 then format('the log names {} of upstreams; whether those answer later than CoreDNS waits, or never, takes a capture of its own queries', work.counted(timeouts, 'i/o timeout', 'i/o timeouts'))
    when timeouts > 0 then format('the log names {} of upstreams', work.counted(timeouts, 'i/o timeout', 'i/o timeouts'))
    when slow_tries > 0 and upstream_queries = 0 then work.counted(slow_tries, 'line of the log', 'lines of the log') || ' took 2 s or longer and ended without a good answer, or took 2, 4 or 6 s, as behind an upstream that is silent now and then'
    when upstream_queries > 0 then if(upstream_queries = 1, 'the only query to an upstream was', format('all {} queries to upstreams were', upstream_queries)) || ' answered'
    when log_lines + log_events > 0 and captures = 0 then 'the logs name no timeout of an upstream'
    when as_if > 0 then work.counted(as_if, 'answer', 'answers') || ' came after 2, 4 or 6 s, as behind a silent upstream; this evidence does not show CoreDNS''s own queries'
    when judged > 0 then 'no answer came late'
    else 'no capture shows queries to upstreams, and there is no log of errors'
  end as summary,
  list_filter([case when timeouts > 0 and silent > 0 then 'CoreDNS''s log names ' || work.counted(timeouts, 'i/o timeout', 'i/o timeouts') end], x -> x is not null) as findings
from numbers
