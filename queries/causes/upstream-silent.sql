-- ---
-- title: Upstream silent
-- description: >
--   The servers that CoreDNS forwards to leave queries unanswered. Confirmed when its own queries are seen unanswered
--   and either its log says i/o timeout or clients waited meanwhile; likely from unanswered queries alone, from the log
--   beside upstreams that are seen in part, or from metrics that count failed health checks beside queries that no
--   upstream was healthy for or SERVFAIL answers; possible from the log alone, which says i/o timeout of late answers
--   too, and from late SERVFAIL answers.
-- kind: fault
-- hits: names
-- precedence: 70
-- params:
--   least: {default: 3, unit: queries, description: unanswered upstream queries that it takes,
--     source: "chosen: one or two are lost by chance in any capture of an hour"}
--   share: {default: 0.005, unit: share, description: share of the upstream queries that they must be,
--     source: "chosen: any network loses a few"}
--   try_seconds: {default: 1.9, unit: seconds,
--     description: "how long CoreDNS waits for an upstream, less what clocks round",
--     source: "plugin forward: 2 s a try"}
--   try_period: {default: 2, unit: seconds, description: seconds of a try, source: "plugin forward"}
--   try_slack: {default: 0.2, unit: seconds,
--     description: "how little after 2, 4 or 6 s an answer ends that waited for tries",
--     source: "chosen: a quick upstream answers the next try within it"}
--   waited_seconds: {default: 0.9, unit: seconds, description: a query of a program that took this long waited,
--     source: "chosen: a second, less what clocks round"}
--   log_seconds: {default: 0.5, unit: seconds,
--     description: a line that ends in SERVFAIL or without a reply after this long waited for an upstream,
--     source: "chosen: CoreDNS refuses by itself within milliseconds"}
--   root_share: {default: 0.5, unit: share,
--     description: share of the unanswered queries sent above the packet limit from which on that is their root,
--     source: "chosen: most of them"}
--   quick_seconds: {default: 0.5, unit: seconds, description: "answers that came sooner, all of them, speak against
--       it",
--     source: "chosen: forward's shortest wait is 2 s"}
-- change:
--   - "Look at the upstream: the VPC resolver (the network's base address plus two), its limits, the security groups
--       and routes to it."
--   - "Give forward more than one upstream, policy sequential and a short health_check, and cache with serve_stale, so
--       that one silent server costs less."
-- collect:
--   - "tcpdump -i any -w node.pcap port 53   # on CoreDNS's node"
--   - "kubectl logs -n kube-system -l k8s-app=kube-dns --tail=-1 --timestamps --prefix > coredns.log   # with errors
--       and log on"
-- look: [servers/upstreams, timeouts/forwarders]
-- panels: [unanswered by upstream, SERVFAIL from]
-- roots:
--   - {cause: upstream-packet-limit, when: silent > 0 and silent_above_limit >= $root_share * silent}
-- ---

-- --- signs
select
  transaction_id,
  null as lookup_id,
  if(upstream_lost > 0, 'shown', 'fits') as strength,
  if(
    upstream_lost > 0,
    format(
      '{} left {:,} of {} for this name unanswered meanwhile',
      upstream,
      upstream_lost,
      work.counted(upstream_queries, 'query', 'queries')
    ),
    'the server''s log says that it got no answer in time'
  ) as reason
from work.waits
where upstream_lost > 0 or log_seconds >= $log_seconds and (no_reply or work.is_servfail(log_rcode))
union all
select transaction_id, null, 'example', 'the upstream never answered'
from work.upstream_queries
where missed and transaction_id not in (select s.transaction_id from work.stalled_queries as s);

-- --- numbers
with upstream as (
  select
    count(*) as asked,
    count(*) filter (where u.missed and s.stall is null) as silent,
    count(*) filter (where u.missed and s.stall is null and r.rate > $packets_a_second) as silent_above_limit,
    count(s.stall) as stalled,
    count(*) filter (where u.state = 'answered' and u.seconds >= $try_seconds) as answered_late,
    string_agg(distinct n.label, ', ' order by n.label) filter (where u.missed and s.stall is null) as servers
  from work.upstream_queries as u
  inner join work.upstream_rates as r on r.transaction_id = u.transaction_id
  left join work.address_names as n on n.address_id = u.upstream_id
  -- an upstream that stood still for a time is a cause of its own
  left join work.stalled_queries as s on s.transaction_id = u.transaction_id
),
late as (
  select
    count(*) filter (
      where upstream_lost > 0 and upstream_stalled = 0 and (seconds >= $waited_seconds or state <> 'answered')
    ) as waited,
    count(*) filter (
      where seconds >= $try_seconds and (work.is_servfail(rcode) or seconds % $try_period < $try_slack)
    ) as as_if,
    count(*) filter (where state <> 'answered' or seconds >= $quick_seconds or work.is_error(rcode)) as not_quick
  from work.late_transactions
),
logged as (
  select
    coalesce(sum(count) filter (where asked_for), 0)::BIGINT as timeouts,
    coalesce(sum(count) filter (where asked_for and not elsewhen), 0)::BIGINT as timeouts_meanwhile,
    coalesce(
      work.span_text(min(time) filter (where asked_for), max(time) filter (where asked_for)), ''
    ) as timeouts_when,
    coalesce(sum(count) filter (where is_probe), 0)::BIGINT as probe_timeouts,
    coalesce(
      nullif(work.some_of(list(distinct upstream order by upstream) filter (where upstream is not null)), ''),
      'upstreams'
    ) as timeout_upstreams,
    -- what all of them have in common
    case
      when
        count(distinct suffix) filter (where asked_for) = 1 and count(*) filter (where asked_for and suffix is null) = 0
        then ', '
          || case when timeouts > 1 then 'all ' else '' end
          || 'for names below the search suffix '
          || max(suffix) filter (where asked_for)
      when count(distinct zone) filter (where asked_for) = 1 and count(*) filter (where asked_for and zone is null) = 0
        then ', ' || case when timeouts > 1 then 'all ' else '' end || 'for ' || max(zone) filter (where asked_for)
      else ''
    end as timeout_names
  from (select *, not is_probe and not asks_itself as asked_for from work.upstream_failures where timed_out)
),
metrics as (
  select
    coalesce(sum(failures) filter (where risen), 0)::BIGINT as check_rise,
    coalesce(sum(failures) filter (where not risen), 0)::BIGINT as check_total,
    work.some_of(list(upstream order by failures desc, upstream) filter (where risen)) as failing,
    work.some_of(list(upstream order by failures desc, upstream) filter (where not risen)) as failing_once,
    (
      select coalesce(sum(s.increase), 0)::BIGINT
      from counter_series as s
      where s.counter = 'coredns_dns_responses_total' and json_extract_string(s.labels, '$.rcode') = 'SERVFAIL'
    ) as servfail_rise
  from work.upstream_metrics
  where failures > 0 and (risen or failures >= $share * coalesce(answered, 0))
),
lines as (
  -- what ended a little after 2, 4 or 6 s waited for an upstream that was silent
  select count(*) as slow_tries
  from raw.log_queries as q
  inner join work.name_ids as n on n.raw_id = q.qname_id
  where duration_seconds >= $try_seconds
    and (work.is_servfail(rcode) or rcode is null or duration_seconds % $try_period < $try_slack)
    and not work.is_loop_probe(n.name, q.qtype)
)
select
  upstream.*, late.*, logged.*, lines.*, metrics.*, counter_facts.broken_rise,
  upstream.silent >= $least and upstream.silent >= $share * upstream.asked as many,
  evidence.upstream_queries,
  evidence.forwarded_seen,
  evidence.forwarded_logged,
  evidence.log_lines,
  evidence.captures,
  evidence.judged
from work.evidence
cross join upstream
cross join late
cross join logged
cross join lines
cross join metrics
cross join work.counter_facts;

-- --- rules
-- silent-and-waited-for:
--   when: many and (timeouts_meanwhile > 0 or waited > 0)
--   verdict: confirmed
--   say: "{servers} left {silent} of {asked|query|queries} of CoreDNS unanswered; {waited|client query|client queries}
--     had to wait"
-- silent:
--   when: many
--   verdict: likely
--   say: "{servers} left {silent} of {asked|query|queries} of CoreDNS unanswered; {waited|client query|client queries}
--     had to wait"
-- stood-still:
--   when: stalled > 0 and silent = 0
--   verdict: ruled_out
--   say: "upstreams left no query unanswered but while one stood still for all zones alike"
-- logged-and-seldom-silent:
--   when: silent > 0 and timeouts_meanwhile >= $least and upstream_queries > 0 and answered_late = 0
--   verdict: likely
--   say: "{servers} left {silent} of {asked|query|queries} of CoreDNS unanswered; {waited|client query|client queries}
--     had to wait"
-- logged-beside-a-capture:
--   when: timeouts_meanwhile >= $least and upstream_queries > 0 and answered_late = 0
--   verdict: likely
--   say: "the log names {timeouts|i/o timeout|i/o timeouts} of {timeout_upstreams}{timeout_names}"
-- health-checks-and-clients-fail:
--   when: check_rise >= $least and broken_rise + servfail_rise > 0
--   verdict: likely
--   say: "CoreDNS's metrics count {check_rise|failed health check|failed health checks} of {failing}, and meanwhile
--     {broken_rise|query|queries} for which no upstream was healthy and {servfail_rise|answer|answers} of SERVFAIL"
-- seldom-silent:
--   when: silent > 0
--   verdict: possible
--   say: "{servers} left {silent} of {asked|query|queries} of CoreDNS unanswered; {waited|client query|client queries}
--     had to wait"
-- logged-alone:
--   when: timeouts > 0 and answered_late = 0 and upstream_queries = 0
--   verdict: possible
--   say: "the log names {timeouts|i/o timeout|i/o timeouts} of {timeout_upstreams}{timeout_names}; whether those answer
--     later than CoreDNS waits, or never, takes a capture of its own queries"
-- logged-at-another-time:
--   when: timeouts > 0 and timeouts_meanwhile = 0
--   verdict: possible
--   say: "the log names {timeouts|i/o timeout|i/o timeouts} of {timeout_upstreams}{timeout_names} {timeouts_when}, when
--     nothing was captured; none while the captures ran"
-- seldom-logged:
--   when: timeouts > 0 and answered_late = 0
--   verdict: possible
--   say: "the log names {timeouts|i/o timeout|i/o timeouts} of {timeout_upstreams}{timeout_names}"
-- health-checks-fail:
--   when: check_rise >= $least
--   verdict: possible
--   say: "CoreDNS's metrics count {check_rise|failed health check|failed health checks} of {failing}: it did not answer
--     CoreDNS's question for the root's name servers, which some resolvers never do"
-- lines-of-whole-tries:
--   when: slow_tries > 0 and upstream_queries = 0
--   verdict: possible
--   say: "{slow_tries|line of the log|lines of the log} took 2 s or longer and ended without a good answer, or took 2,
--     4 or 6 s, as behind an upstream that is silent now and then"
-- answered-later-than-it-waits:
--   when: upstream_queries > 0 and timeouts > 0
--   verdict: ruled_out
--   say: "all {asked|query|queries} to upstreams were answered, {answered_late} of them after the 2 s that CoreDNS
--     waits, which its log calls i/o timeouts"
-- all-answered:
--   when: upstream_queries > 0 and upstream_queries + forwarded_seen >= $forwarded_least
--   verdict: ruled_out
--   say: "none of {upstream_queries|query|queries} to upstreams went unanswered"
-- probe-at-the-start:
--   when: probe_timeouts > 0 and upstream_queries = 0 and captures = 0 and forwarded_logged >= $forwarded_least
--   verdict: ruled_out
--   say: "the log names timeouts of the loop plugin's own probe at the start (HINFO) alone, and forwarded names are
--     answered"
-- probe-alone:
--   when: probe_timeouts > 0 and upstream_queries = 0
--   verdict: possible
--   say: "the log names {probe_timeouts|i/o timeout|i/o timeouts} of {timeout_upstreams}, all of the loop plugin's own
--     probe at the start (HINFO), none of a program's query"
-- none-logged:
--   when: captures = 0 and forwarded_logged >= $forwarded_least
--   verdict: ruled_out
--   say: "the logs name no timeout of an upstream, and forwarded names are answered"
-- late-beside-what-is-seen:
--   when: as_if > 0 and upstream_queries > 0
--   verdict: possible
--   say: "{as_if|answer|answers} came after 2, 4 or 6 s, as behind a silent upstream, though none of
--     {upstream_queries|query|queries} to upstreams that this evidence shows went unanswered"
-- late-as-behind-one:
--   when: as_if > 0
--   verdict: possible
--   say: "{as_if|answer|answers} came after 2, 4 or 6 s, as behind a silent upstream; this evidence does not show
--     CoreDNS's own queries"
-- none-late:
--   when: upstream_queries = 0 and not_quick = 0 and forwarded_seen >= $forwarded_least
--   verdict: ruled_out
--   say: "no answer came late"
-- health-checks-failed-since-its-start:
--   when: check_total >= $least
--   verdict: possible
--   say: "CoreDNS's metrics count {check_total|failed health check|failed health checks} of {failing_once} since it
--     began; one reading does not say when"
-- too-few:
--   when: upstream_queries + judged + log_lines > 0
--   verdict: no_evidence
--   say: "too few answers for names outside of the cluster are there to see how upstreams answer"
-- upstreams-not-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no capture shows enough queries to upstreams, and no log names a timeout of one"

-- --- findings
-- - when: timeouts_meanwhile > 0 and silent > 0
--   say: "CoreDNS logged {timeouts_meanwhile|i/o timeout|i/o timeouts}{timeout_names}"

-- --- fix
-- - forward-spares
