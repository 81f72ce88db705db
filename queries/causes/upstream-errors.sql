-- ---
-- title: Upstream answers errors
-- description: >
--   A server that CoreDNS forwards to answers SERVFAIL or REFUSED for a zone or a search suffix, or cannot be reached
--   (no route, refused, EOF). Confirmed when CoreDNS's own queries for a zone are nearly all answered so and lookups
--   fail by it; likely from its own queries or from its log alone; possible from errors that programs got for one zone
--   only. Timeouts are upstream-silent.
-- kind: fault
-- hits: names
-- precedence: 68
-- params:
--   least: {default: 3, unit: errors, description: errors of a zone that it takes,
--     source: "chosen: a resolver fails for a name now and then"}
--   few: {default: 2, unit: errors, description: errors of a zone that programs got that it takes to doubt it,
--     source: "chosen: one may be a typing error"}
--   share: {default: 0.5, unit: share, description: share of the zone's answers that are errors,
--     source: "chosen: a zone that is broken at its servers hardly answers; caches along the way leave a rest"}
--   program_share: {default: 0.9, unit: share, description: "the same, of answers that programs got",
--     source: "chosen: CoreDNS refuses some of all zones for want of room"}
--   quick_seconds: {default: 0.5, unit: seconds,
--     description: "an error that came later than this waited for a silent upstream",
--     source: "chosen: forward's shortest wait is 2 s"}
--   slack_seconds: {default: 5, unit: seconds,
--     description: how far the time of a log's line may lie from the query that it is about,
--     source: "clocks of a pod's log and of a capture agree to a second or two"}
-- change:
--   - "Ask the upstream itself for such a name: dig NAME @UPSTREAM, and with +cd (only +cd answered: the zone's DNSSEC
--       is broken)."
--   - "Ask those who run the zone."
--   - "Where the upstream cannot be reached: look at its address in the Corefile's forward or the node's resolv.conf,
--       and at routes, network policies and firewalls towards it."
--   - "A search suffix that upstreams refuse is best taken out of the search list (dnsConfig.searches, the node's
--       resolv.conf, DHCP options)."
-- collect:
--   - "tcpdump -i any -w node.pcap port 53 or icmp or icmp6   # on CoreDNS's node"
--   - "kubectl logs -n kube-system -l k8s-app=kube-dns --tail=-1 --timestamps --prefix > coredns.log   # with errors
--       and log on"
--   - "kubectl describe cm coredns -n kube-system"
-- look: [servers/failures, servers/errors, servers/upstreams]
-- panels: [errors of upstream, SERVFAIL from]
-- ---

-- --- signs
with said as (
  select f.qname_id, f.qtype, epoch_ns(f.time) as ns, coalesce(f.upstream, 'its upstream') as upstream, f.reason
  from work.upstream_failures as f
  where not f.timed_out and not f.is_probe and not f.asks_itself and f.qname_id is not null
)
select
  w.transaction_id,
  null as lookup_id,
  'shown' as strength,
  format(
    '{} answered {:,} of {} for this name with an error',
    w.upstream,
    w.upstream_errors,
    work.counted(w.upstream_queries, 'query', 'queries')
  ) as reason
from work.waits as w
where work.is_error(w.rcode) and w.upstream_errors > 0
union all
select distinct on (w.transaction_id)
  w.transaction_id, null, 'shown', format('the server''s log says of {} for this name: {}', s.upstream, s.reason)
from work.waits as w
inner join said as s
  on s.qname_id = w.qname_id and s.qtype = w.qtype
  and coalesce(
    s.ns between w.asked_ns - w.before_ns - work.ns($slack_seconds) and w.until_ns + work.ns($slack_seconds), true
  )
where (work.is_error(w.rcode) or w.state <> 'answered') and w.upstream_errors = 0;

-- --- numbers
with upstream_zones as (
  select
    u.upstream_id,
    coalesce(f.suffix, nullif(u.zone, ''), '.') as zone,
    count(*) as answered,
    count(*) filter (where work.is_error(u.rcode)) as errors,
    string_agg(distinct c.mnemonic, ' or ' order by c.mnemonic) filter (where work.is_error(u.rcode)) as kinds
  from work.upstream_queries as u
  left join work.foreign_names as f on f.raw_id = u.qname_id
  left join raw.codes as c on c.registry = 'rcode' and c.code = u.rcode
  where u.state = 'answered'
  group by 1, 2
),
wire as (
  select
    coalesce(sum(z.answered), 0)::BIGINT as asked,
    coalesce(sum(z.errors), 0)::BIGINT as errors,
    count(*) filter (where z.errors >= $least and z.errors >= $share * z.answered) as zones,
    list(
      format(
        '{} answered {:,} of {} for {} with {}',
        n.label,
        z.errors,
        work.counted(z.answered, 'query', 'queries'),
        z.zone,
        z.kinds
      )
      order by z.errors desc, z.zone
    )
      filter (where z.errors >= $least and z.errors >= $share * z.answered) as each_zone
  from upstream_zones as z
  inner join work.address_names as n on n.address_id = z.upstream_id
),
reasons as (
  select
    coalesce(upstream, 'an upstream') as upstream,
    reason,
    sum(count) as times,
    sum(count) filter (where not elsewhen) as times_meanwhile,
    min(time) as first_time,
    max(time) as last_time,
    list(distinct zone order by zone) filter (where zone is not null) as zones
  from work.upstream_failures
  where not timed_out and not is_probe and not asks_itself
  group by 1, 2
),
logged as (
  select
    coalesce(sum(times), 0)::BIGINT as logged,
    coalesce(sum(times_meanwhile), 0)::BIGINT as logged_meanwhile,
    coalesce(work.span_text(min(first_time), max(last_time)), '') as logged_when,
    arg_max(format('{} ({})', reason, upstream), (times, reason)) as logged_most,
    list(
      format('the log says {} of {} {}', reason, upstream, work.counted(times, 'time', 'times'))
      || case when len(zones) > 0 then ', for ' || work.some_of(zones) else '' end
      order by times desc, reason, upstream
    ) as each_reason
  from reasons
),
-- zones of which programs got errors at once, and hardly anything else, while other zones were answered
answers as (
  select
    t.qname_id,
    count(*) as answered,
    count(*) filter (where work.is_error(t.rcode)) as errors,
    count(*) filter (
      where work.is_error(t.rcode) and t.timed and t.answered_ns - t.asked_ns >= work.ns($quick_seconds)
    ) as late
  from work.judged_transactions as t
  where t.state = 'answered' and not t.from_forwarder
  group by t.qname_id
  union all
  select
    q.qname_id,
    count(*),
    count(*) filter (where work.is_error(q.rcode)),
    count(*) filter (where work.is_error(q.rcode) and q.duration_seconds >= $quick_seconds)
  from raw.log_queries as q
  where q.rcode is not null
  group by q.qname_id
),
program_zones as (
  select
    coalesce(f.suffix, nullif(work.zone_of(n.name), ''), n.name) as zone,
    sum(a.answered)::BIGINT as answered,
    sum(a.errors)::BIGINT as errors,
    sum(a.late)::BIGINT as late
  from answers as a
  inner join work.name_ids as n on n.raw_id = a.qname_id
  left join work.foreign_names as f on f.raw_id = a.qname_id
  where n.raw_id not in (select c.raw_id from work.cluster_names as c)
  group by 1
),
programs as (
  select
    count(*) filter (where errors >= $few and errors >= $program_share * answered and late = 0) as refused_zones,
    list(
      format(
        '{:,} of {} for {} were errors that came at once', errors, work.counted(answered, 'answer', 'answers'), zone
      )
      order by errors desc, zone
    )
      filter (where errors >= $few and errors >= $program_share * answered and late = 0) as each_refused
  from program_zones
),
counted as (
  select
    *,
    format(
      '{} answered {:,} of {} with SERVFAIL or REFUSED',
      upstream,
      errors::BIGINT,
      work.counted(answered::BIGINT, 'query', 'queries')
    ) as told
  from work.upstream_metrics
  where errors >= $least and errors >= $share * answered
),
metrics as (
  select
    count(*) filter (where risen) as counted_failing,
    count(*) filter (where not risen) as counted_once,
    coalesce(string_agg(told, '; ' order by errors desc, upstream) filter (where risen), '') as counted_story,
    coalesce(string_agg(told, '; ' order by errors desc, upstream) filter (where not risen), '') as once_story
  from counted
),
well as (
  -- other names are answered: it is not all that fails
  select coalesce(sum(answered - errors), 0)::BIGINT as well from answers
)
select
  wire.*, logged.*, programs.*, well.well,
  metrics.*,
  probe_facts.probes_failed,
  probe_facts.probes_error,
  array_to_string(wire.each_zone[:2], '; ') as story,
  programs.each_refused[1] as refused_most,
  evidence.upstream_queries, evidence.forwarded_logged, evidence.captures
from work.evidence
cross join wire
cross join logged
cross join programs
cross join well
cross join metrics
cross join work.probe_facts;

-- --- rules
-- lookups-fail:
--   when: zones > 0 and blamed > 0
--   verdict: confirmed
--   say: "{story}; {blamed|lookup|lookups} of programs failed or waited because of it"
-- zones-fail:
--   when: zones > 0
--   verdict: likely
--   say: "{story}"
-- logged-and-lookups-fail:
--   when: logged >= $least and blamed > 0
--   verdict: confirmed
--   say: "CoreDNS's log names {logged|failed exchange|failed exchanges} with upstreams, most of them {logged_most};
--     {blamed|lookup|lookups} of programs failed because of it"
-- logged-at-another-time:
--   when: logged > 0 and logged_meanwhile = 0
--   verdict: possible
--   say: "CoreDNS's log names {logged|failed exchange|failed exchanges} with upstreams {logged_when}, when nothing was
--     captured, most of them {logged_most}; none while the captures ran"
-- logged:
--   when: logged >= $least
--   verdict: likely
--   say: "CoreDNS's log names {logged|failed exchange|failed exchanges} with upstreams, most of them {logged_most}"
-- metrics-count-errors:
--   when: counted_failing > 0
--   verdict: likely
--   say: "by CoreDNS's metrics {counted_story}"
-- few-logged:
--   when: logged > 0
--   verdict: possible
--   say: "CoreDNS's log names {logged|failed exchange|failed exchanges} with upstreams: {logged_most}"
-- few-answered-so:
--   when: errors > 0 and blamed > 0
--   verdict: possible
--   say: "{errors} of {asked|answer|answers} of upstreams {errors?was an error|were errors}, too few of any zone to
--     call it broken, and {blamed|lookup|lookups} of programs failed or waited because of it"
-- few-answered-so-unnoticed:
--   when: upstream_queries >= $forwarded_least and errors > 0
--   verdict: ruled_out
--   say: "{errors} of {asked|answer|answers} of upstreams {errors?was an error|were errors}, too few of any zone to
--     call it broken, and no lookup failed because of it"
-- none-answered-so:
--   when: upstream_queries >= $forwarded_least and errors = 0
--   verdict: ruled_out
--   say: "none of {asked|answer|answers} of upstreams was an error, and no log names one"
-- programs-got-errors:
--   when: upstream_queries = 0 and refused_zones > 0 and well > 0
--   verdict: possible
--   say: "{refused_most}, while other names were answered; whether an upstream said so takes a capture of CoreDNS's own
--     queries"
-- errors-by-hand:
--   when: upstream_queries = 0 and probes_failed > 0
--   verdict: possible
--   say: "{probes_failed|question|questions} of tools or programs {probes_failed?was|were} answered with an error, such
--     as {probes_error}; whether an upstream said so takes a capture of CoreDNS's own queries"
-- metrics-counted-errors-once:
--   when: counted_once > 0
--   verdict: possible
--   say: "by CoreDNS's metrics {once_story}, since it began; one reading does not say when"
-- none-logged:
--   when: captures = 0 and forwarded_logged >= $forwarded_least
--   verdict: ruled_out
--   say: "names outside of the cluster are answered, and the logs name no upstream that failed"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "neither a capture of CoreDNS's own queries nor a log with enough answers for forwarded names shows how
--     upstreams answer"

-- --- findings
-- - {when: zones > 1, each: each_zone}
-- - {when: logged > 0, each: each_reason}
