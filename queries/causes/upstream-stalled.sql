-- ---
-- title: Upstream stood still
-- description: >
--   A server that CoreDNS forwards to answered nothing in time for a while, whatever the zone, though it answered these
--   zones before and after (or after alone, where the evidence begins meanwhile). Confirmed when programs waited for
--   it; likely when only its own queries show it. One slow zone is upstream-slow, losses that go on are
--   upstream-silent.
-- kind: fault
-- hits: names
-- precedence: 66
-- params:
--   chances: {default: 30, unit: queries,
--     description: "queries to an upstream, over the whole time, that it takes to say that it never stood still",
--     source: "chosen: fewer leave gaps in which nobody asked"}
--   log_seconds: {default: 0.5, unit: seconds,
--     description: a line of the log that took this long waited for an upstream,
--     source: "chosen: CoreDNS answers by itself within milliseconds"}
-- change:
--   - "Look at what the upstream and the way to it did then: a restart or failover, CPU steal, a link that flapped, a
--       firewall reloaded."
--   - "Give forward a second upstream and a short health_check, and cache with serve_stale, so that a pause of one
--       server costs less."
-- collect:
--   - "tcpdump -i any -w node.pcap port 53 or icmp or icmp6   # on CoreDNS's node"
--   - "kubectl logs -n kube-system -l k8s-app=kube-dns --tail=-1 --timestamps --prefix > coredns.log   # with errors
--       and log on"
-- look: [servers/upstreams, timeouts/forwarders]
-- panels: [longest upstream answer seconds, unanswered by upstream]
-- ---

-- --- signs
with stalls as (
  select stall, any_value(upstream_id) as upstream_id, any_value(from_ns) as from_ns, any_value(until_ns) as until_ns
  from work.stalled_queries
  group by stall
)
select
  w.transaction_id,
  null as lookup_id,
  'shown' as strength,
  format('{} answered nothing in time just then, whatever the zone, though it did at other times', w.upstream) as reason
from work.waits as w
where w.upstream_stalled > 0
union all
-- a forwarder whose own queries are not seen
select distinct on (w.transaction_id)
  w.transaction_id, null, 'fits', 'the server waited for an answer while the upstream ' || n.label || ' stood still'
from work.waits as w
inner join stalls as s on w.asked_ns between s.from_ns and s.until_ns
inner join work.address_names as n on n.address_id = s.upstream_id
where
  (
    w.upstream_queries = 0
    or coalesce(w.backend_id, w.server_id) not in (select u.forwarder_id from work.upstream_queries as u)
  )
  and (w.log_seconds >= $log_seconds or w.no_reply)
union all
select transaction_id, null, 'example', 'the upstream stood still'
from work.stalled_queries;

-- --- numbers
with each_stall as (
  select
    q.stall,
    any_value(n.label) as upstream,
    count(*) as queries,
    count(distinct q.zone) as zones,
    bool_or(q.from_start) as from_start,
    min(q.from_ns) as from_ns,
    (max(q.until_ns) - min(q.from_ns)) / 1e9 as seconds
  from work.stalled_queries as q
  inner join work.address_names as n on n.address_id = q.upstream_id
  group by q.stall
),
told as (
  select
    count(*) as stalls,
    coalesce(sum(queries), 0)::BIGINT as queries,
    coalesce(max(seconds), 0) as longest,
    arg_max(upstream, seconds) as upstream,
    if(arg_max(from_start, seconds), 'afterwards', 'before and after') as beside,
    list(
      format(
        '{} answered none of {} of {} in time from {} on, for {:.1f} s',
        upstream,
        work.counted(queries, 'query', 'queries'),
        work.counted(zones, 'zone', 'zones'),
        strftime(make_timestamp_ns(from_ns), '%H:%M:%S'),
        seconds
      )
      order by from_ns
    ) as each_told
  from each_stall
),
waited as (
  select count(*) as waited from work.late_transactions where upstream_stalled > 0
),
-- the last that is seen of an upstream: one that is silent to the end may come back later
ends as (
  select count(*) as silent_at_end
  from (
    select arg_max(state = 'answered', asked_ns) as answered
    from work.upstream_queries
    where state <> 'unknown'
    group by upstream_id
  )
  where not answered
),
missed as (
  select count(*) filter (where u.state <> 'answered' or u.seconds >= $late_seconds) as missed
  from work.upstream_queries as u
  where u.state <> 'unknown' and u.transaction_id not in (select s.transaction_id from work.stalled_queries as s)
)
select
  told.*,
  -- no process was there, rather than one that stood still
  (
    select count(*)
    from work.stalled_queries as s
    inner join work.icmp_ends as i on i.transaction_id = s.transaction_id
    where not i.of_response
  ) as refused,
  waited.waited,
  ends.silent_at_end,
  missed.missed,
  evidence.upstream_queries,
  evidence.upstream_timed
from work.evidence cross join told cross join waited cross join ends cross join missed;

-- --- rules
-- stood-still:
--   when: stalls = 1 and waited > 0
--   verdict: confirmed
--   say: "{upstream} answered nothing in time for {longest:.1} s, whatever the zone: {queries|query|queries} went
--     unanswered or were answered late, {beside} it answered in time; {waited|query|queries} of programs waited for it"
-- stood-still-again:
--   when: stalls > 0 and waited > 0
--   verdict: confirmed
--   say: "upstreams answered nothing in time {stalls|time|times}, {longest:.1} s at most, whatever the zone:
--     {queries|query|queries} went unanswered or were answered late; {waited|query|queries} of programs waited for
--     them"
-- nobody-waited:
--   when: stalls > 0
--   verdict: likely
--   say: "{upstream} answered nothing in time for {longest:.1} s, whatever the zone: {queries|query|queries} went
--     unanswered or were answered late; no program is seen to have waited for it"
-- silent-to-the-end:
--   when: upstream_queries > 0 and silent_at_end > 0
--   verdict: no_evidence
--   say: "an upstream is silent to the end of the evidence; whether it came back is not seen"
-- never:
--   when: upstream_timed >= $chances and missed = 0
--   verdict: ruled_out
--   say: "all of {upstream_queries|query|queries} to upstreams were answered in time"
-- now-and-then:
--   when: upstream_timed >= $chances
--   verdict: ruled_out
--   say: "{missed} of {upstream_queries|query|queries} to upstreams went unanswered or were answered late, none of them
--     while all zones were"
-- too-few:
--   when: upstream_queries > 0
--   verdict: no_evidence
--   say: "{upstream_queries|query|queries} to upstreams {upstream_queries?is|are} too few to see whether one stood
--     still"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no capture shows enough queries to upstreams"

-- --- findings
-- - when: refused > 0
--   say: "ICMP errors (port unreachable and the like) ended {refused} of these queries: no process took them"
-- - each: each_told

-- --- fix
-- - forward-spares
