-- ---
-- title: CoreDNS overloaded
-- description: >
--   CoreDNS itself is too slow: late on the wire though quick in its log, queries that reached it and never came into
--   its log, REFUSED because max_concurrent was reached, or it stood still for a time and then answered all that had
--   waited. Confirmed when wire and log disagree, or its log says so; likely from late answers for names that need no
--   upstream, where it was killed for want of memory, from its metrics where they count refusals by max_concurrent, or
--   from its socket where that is full or drops queries; possible from such counters read once, and from receive
--   buffers of which it is not said whose they are.
-- kind: fault
-- hits: names
-- precedence: 90
-- params:
--   least: {default: 10, unit: answers, description: late answers that it takes,
--     source: "chosen: a garbage collection or a reload delays a few"}
--   share: {default: 0.05, unit: share, description: share of all answers that they must be,
--     source: "chosen: below that, the p95 that people watch does not move"}
--   refusals: {default: 3, unit: answers,
--     description: REFUSED answers that it takes beside a log that names max_concurrent,
--     source: "chosen: one or two may be of other rules"}
--   kills: {default: 2, unit: times, description: times that a server was killed for want of memory that it takes,
--     source: "chosen: one may lie long back"}
--   refused_share: {default: 0.9, unit: share,
--     description: "share of a zone's answers that are REFUSED from which on a rule refuses the zone, not want of
--       room",
--     source: "a rule refuses all; what the cache still answers leaves a rest"}
-- change:
--   - "Give CoreDNS more CPU (raise or drop its limit) and more replicas; container_cpu_cfs_throttled_periods_total
--       shows throttling."
--   - "Let the DNS autoscaler follow the cores."
--   - "Where it stood still: look for what stopped the process or its node at that time (CPU quota used up, memory
--       pressure, a paused VM), and let a liveness probe or more replicas shorten it."
--   - "Raise forward's max_concurrent where memory allows (about 2 KB a query)."
--   - {when: killed > 0,
--       say: "Raise its memory limit: what it needs grows with services, endpoints and the cache, and with queries that
--         wait."}
-- collect:
--   - "while sleep 5; do date; ss -uanpm sport = :53; nstat -az; done > sockets.log   # in CoreDNS's network namespace
--       (nsenter -t PID -n)"
--   - "while sleep 5; do date; curl -s COREDNS_POD:9153/metrics; done > metrics.log"
--   - "kubectl top pods -n kube-system -l k8s-app=kube-dns; kubectl get deploy coredns -n kube-system -o yaml"
--   - "kubectl logs -n kube-system -l k8s-app=kube-dns --tail=-1 --timestamps --prefix > coredns.log   # with the log
--       plugin on"
-- look: [servers/late, servers/errors]
-- panels: [longest answer seconds, REFUSED from]
-- roots:
--   - {cause: forwarding-loop, when: at_limit > 0 or refused >= $refusals}
--   - {cause: upstream-packet-limit, when: at_limit > 0 or refused >= $refusals}
--   - {cause: upstream-stalled, when: at_limit > 0 or refused >= $refusals}
--   - {cause: upstream-silent, when: at_limit > 0 or refused >= $refusals}
-- ---

-- --- signs
-- a zone that is refused now and then is refused for want of room, not by a rule, nor by an upstream whose answer is
-- passed on
with refused_zones as (
  select work.zone_of(n.name) as zone, sum(t.refused) / sum(t.answered) as share
  from (
    select qname_id, count(*) as answered, count(*) filter (where work.is_refused(rcode)) as refused
    from work.judged_transactions
    where state = 'answered' and not from_forwarder
    group by qname_id
  ) as t
  inner join work.name_ids as n on n.raw_id = t.qname_id
  group by 1
  having sum(t.refused) > 0
    and work.zone_of(n.name) not in (
      select u.zone from work.upstream_queries as u where u.zone is not null and work.is_refused(u.rcode)
    )
),
seen_forwarders as (
  select distinct forwarder_id from work.upstream_queries
),
-- a server that only answers nothing may be gone; one without room answers others late
late_servers as (
  select distinct server_id, asked_ns // work.ns($wait_seconds) + unnest([-1, 0, 1]) as spell
  from work.timed_answers
  where late_but_quick or late_alone
)
select
  w.transaction_id,
  case
    when work.is_refused(w.rcode) and z.share < $refused_share then 'shown'
    when w.state = 'unanswered' then 'shown'
    when w.log_seconds < $log_quick_share * w.seconds then 'shown'
    else 'fits'
  end as strength,
  case
    when work.is_refused(w.rcode) and z.share < $refused_share
      then 'the server refused it, as it now and then refused others of that zone'
    when w.log_seconds is not null
      then
        format(
          'the server''s log says that it took {:.3f} s, but the answer came later: '
          || 'the query or its answer waited at the server',
          w.log_seconds
        )
    else if(w.query_reached_server, 'it reached the server, which', 'the server')
      || ' was late with others about then, and no answer and no log line came of it'
  end as reason
from work.waits as w
left join refused_zones as z on z.zone = w.zone
left join seen_forwarders as f on f.forwarder_id = coalesce(w.backend_id, w.server_id)
where work.is_refused(w.rcode) and z.share < $refused_share
  or w.state = 'unanswered'
  and w.query_reached_server is not false
  and w.response_left_server is not true
  and w.in_log is not true
  and w.transaction_id not in (select x.transaction_id from work.silent_losses as x)
  and (coalesce(w.backend_id, w.server_id), w.asked_ns // work.ns($wait_seconds)) in (
    select (v.server_id, v.spell) from late_servers as v
  )
  or w.transaction_id in (select b.transaction_id from work.late_but_quick as b)
  -- slow by its own log, though nothing that it asked upstream for the name was late
  or w.state = 'answered'
  and w.log_seconds >= $late_seconds
  and f.forwarder_id is not null
  and work.is_settled(w.rcode)
  and not w.name_late_upstream;

-- --- numbers
with answers as (
  select
    count(*) as answered,
    count(*) filter (where late_but_quick) as late_but_quick,
    count(*) filter (where late_alone) as late_alone,
    count(*) filter (where work.is_refused(rcode)) as refused
  from work.timed_answers
),
swallowed as (
  select count(*) as never_logged
  from work.losses
  where query_reached_server and not response_left_server and in_log = false
    and transaction_id not in (select l.transaction_id from work.silent_losses as l)
),
lines as (
  select e.count, e.time, work.is_elsewhen(e.time, c.from_ns, c.until_ns, work.ns($log_reach_seconds)) as elsewhen
  from raw.log_events as e
  cross join work.captured_time as c
  where e.event = 'max-concurrent'
),
events as (
  -- what the log says of times when nothing was captured is not what the captures show
  select
    coalesce(sum(l.count) filter (where not l.elsewhen), 0)::BIGINT as at_limit,
    coalesce(sum(l.count) filter (where l.elsewhen), 0)::BIGINT as at_limit_elsewhen,
    coalesce(
      work.span_text(min(l.time) filter (where l.elsewhen), max(l.time) filter (where l.elsewhen)), ''
    ) as at_limit_when
  from lines as l
),
stood as (
  select
    count(*) as standstills,
    coalesce(sum(t.answers), 0)::BIGINT as taken_up,
    string_agg(
      coalesce(n.label, i.address)
      || ' stood still from '
      || strftime(make_timestamp_ns(t.from_ns), '%Y-%m-%d %H:%M:%S')
      || ' to '
      || strftime(make_timestamp_ns(t.until_ns), '%H:%M:%S'),
      '; '
      order by t.from_ns, i.address
    ) as story
  from work.standstills as t
  inner join work.address_ids as i on i.raw_id = t.server_id
  left join work.address_names as n on n.address = i.address
),
kills as (
  -- the kernel and Kubernetes, in one file or in several, tell of the same ones
  select
    greatest(
      count(distinct regexp_extract(message, 'process (\d+)', 1)) filter (where reason = 'out of memory'),
      count(distinct (upstream, time)) filter (where reason <> 'out of memory')
    ) as killed
  from raw.log_events
  where event = 'killed-for-memory'
)
select
  answers.*, swallowed.never_logged, events.*, stood.*,
  counter_facts.reject_rise,
  counter_facts.reject_total,
  counter_facts.full_sockets,
  counter_facts.full_names,
  counter_facts.socket_drop_rise,
  counter_facts.socket_drop_names,
  counter_facts.socket_drop_total,
  counter_facts.socket_total_names,
  counter_facts.buffer_rise,
  kills.killed,
  evidence.judged, evidence.timed, evidence.log_lines, evidence.upstream_queries
from work.evidence
cross join answers
cross join swallowed
cross join events
cross join stood
cross join work.counter_facts
cross join kills;

-- --- rules
-- late-but-quick-in-the-log:
--   when: late_but_quick >= $least and late_but_quick >= $share * answered
--   verdict: confirmed
--   say: "{late_but_quick} of {answered|answer|answers} took {$late_seconds:.1} s or longer on the wire while the log
--     calls them quick"
-- stood-still:
--   when: standstills > 0 and taken_up >= $least
--   verdict: confirmed
--   say: "{story}: it answered nothing meanwhile and then {taken_up|query|queries} at once, which its log calls quick"
-- stood-still-for-few:
--   when: standstills > 0
--   verdict: likely
--   say: "{story}: it answered nothing meanwhile and then {taken_up|query|queries} at once, which its log calls quick"
-- refused-at-its-limit:
--   when: at_limit > 0 and refused >= $refusals
--   verdict: confirmed
--   say: "CoreDNS reached max_concurrent {at_limit|time|times} and {refused|query was|queries were} REFUSED"
-- reached-its-limit:
--   when: at_limit > 0
--   verdict: likely
--   say: "CoreDNS reached max_concurrent {at_limit|time|times} and {refused|query was|queries were} REFUSED"
-- killed-for-memory:
--   when: killed >= $kills
--   verdict: likely
--   say: "a DNS server was killed for want of memory {killed|time|times}, and was away until it had started again"
-- metrics-count-refusals:
--   when: reject_rise > 0
--   verdict: likely
--   say: "CoreDNS's metrics count {reject_rise|query|queries} that it refused because max_concurrent was reached"
-- socket-drops:
--   when: socket_drop_rise > 0
--   verdict: likely
--   say: "the receive buffer of the server's socket {socket_drop_names} ran over: {socket_drop_rise|query was|queries
--     were} dropped there between two readings"
-- socket-full:
--   when: full_sockets > 0
--   verdict: likely
--   say: "the receive buffer of the server's socket {full_names} is at least {$socket_full_share:%} full of queries
--     that it has not read"
-- late-without-upstream:
--   when: upstream_queries > 0 and log_lines = 0 and late_alone >= $least and late_alone >= $share * answered
--   verdict: likely
--   say: "{late_alone} of {answered|answer|answers} took {$late_seconds:.1} s or longer though no upstream was asked
--     for them"
-- late:
--   when: upstream_queries = 0 and log_lines = 0 and late_alone >= $least and late_alone >= $share * answered
--   verdict: possible
--   say: "{late_alone} of {answered|answer|answers} took {$late_seconds:.1} s or longer though no upstream was asked
--     for them"
-- refused-without-a-word:
--   when: blamed > 0 and refused >= $refusals and log_lines > 0
--   verdict: possible
--   say: "{refused|query was|queries were} REFUSED below zones that it mostly answers, as where max_concurrent is
--     reached, though the log does not say so"
-- refused-now-and-then:
--   when: blamed > 0 and refused >= $refusals
--   verdict: possible
--   say: "{refused|query was|queries were} REFUSED below zones that it mostly answers, as where max_concurrent is
--     reached; its log would say so"
-- reached-its-limit-at-another-time:
--   when: at_limit_elsewhen > 0
--   verdict: possible
--   say: "CoreDNS reached max_concurrent {at_limit_elsewhen|time|times} {at_limit_when}, when nothing was captured; not
--     while the captures ran"
-- once-killed-for-memory:
--   when: killed > 0
--   verdict: possible
--   say: "a DNS server was killed for want of memory {killed|time|times}, and was away until it had started again"
-- refused-since-its-start:
--   when: reject_total > 0
--   verdict: possible
--   say: "CoreDNS's metrics count {reject_total|query|queries} that it refused because max_concurrent was reached; one
--     reading does not say when"
-- dropped-since-its-start:
--   when: socket_drop_total > 0
--   verdict: possible
--   say: "the server's socket {socket_total_names} has dropped {socket_drop_total|query|queries} for want of room in
--     its receive buffer; one reading does not say when"
-- quick:
--   when: timed >= $least
--   verdict: ruled_out
--   say: "answers that need no upstream come quickly"
-- buffers-ran-over:
--   when: buffer_rise > 0
--   verdict: possible
--   say: "receive buffers of UDP sockets ran over {buffer_rise|time|times} (UdpRcvbufErrors rose); which program's they
--     are it does not say, and CoreDNS in a pod is counted in that pod's network namespace"
-- too-few-timed:
--   when: timed > 0
--   verdict: no_evidence
--   say: "{timed|answer is|answers are} too few to see whether a server is late under its load"
-- times-not-told:
--   when: judged > 0 and timed = 0
--   verdict: no_evidence
--   say: "the captures tell no times, so that no answer can be called late or quick"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "it takes a capture beside the log to tell time inside CoreDNS from time before it"

-- --- findings
-- - when: never_logged > 0
--   say: "{never_logged|query|queries} reached the server and never came into its log"
-- - when: at_limit > 0 and late_but_quick > 0
--   say: "max_concurrent was reached {at_limit|time|times}"

-- --- fix
-- - title: Give CoreDNS more replicas
--   shell: |
--     kubectl -n {{service_namespace}} get deployment {{dns_deployment}} -o jsonpath='{.spec.template.spec.containers[0].resources}{"\n"}'   # a CPU limit that throttles it?
--     kubectl -n {{service_namespace}} scale deployment {{dns_deployment}} --replicas={{replicas_more}}
--   risk: A DNS autoscaler, the cluster's add-on manager or Helm may set the replicas back; each replica watches the
--     API server.
