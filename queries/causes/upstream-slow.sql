-- ---
-- title: Upstream slow
-- description: >
--   The servers that CoreDNS forwards to answer late, and for which zone. Confirmed when a zone's answers are late
--   often; likely from CoreDNS's metrics, where an upstream's answers between two readings were often late; possible
--   from a few late answers, from a zone whose answers are often not quick, from lookups that such answers add up in,
--   or from the log's durations alone.
-- kind: fault
-- hits: names
-- precedence: 80
-- params:
--   doubtful_seconds: {default: 0.25, unit: seconds,
--     description: "one that took this long is not late, but not quick either",
--     source: "chosen: above the round trip to anywhere on earth"}
--   least: {default: 5, unit: answers, description: late answers of a zone that it takes,
--     source: "chosen: fewer are chance"}
--   share: {default: 0.1, unit: share, description: share of the zone's answers that are late,
--     source: "chosen: below that, caches hide it"}
--   line_share: {default: 0.01, unit: share,
--     description: share of a log's lines that are slow that it takes where they are few,
--     source: "chosen: a p99 that is late is felt"}
-- change:
--   - "Ask who runs the zone's servers, or forward the zone to servers nearer or faster."
--   - "Cache its answers longer: cache's success and denial with a minimum TTL, prefetch."
-- collect:
--   - "tcpdump -i any -w node.pcap port 53   # on CoreDNS's node"
-- look: [servers/zones, servers/upstreams]
-- panels: [longest upstream answer seconds]
-- ---

-- --- signs
with seen_forwarders as (
  select distinct forwarder_id from work.upstream_queries
)
select
  w.transaction_id,
  if(w.upstream_seconds >= $late_seconds, 'shown', 'fits') as strength,
  if(
    w.upstream_seconds >= $late_seconds,
    format('{} took {:.3f} s to answer the server', w.upstream, w.upstream_seconds),
    format('the server''s log says that it took {:.3f} s to find an answer', w.log_seconds)
  ) as reason
from work.waits as w
left join seen_forwarders as f on f.forwarder_id = coalesce(w.backend_id, w.server_id)
where w.upstream_seconds >= $late_seconds
  -- what the log calls slow waited for an upstream, unless its upstreams are seen and were quick
  or w.log_seconds >= $late_seconds
  and not (
    f.forwarder_id is not null and w.state = 'answered' and work.is_settled(w.rcode) and not w.name_late_upstream
  );

-- --- numbers
with zones as (
  select
    u.zone,
    n.label as upstream,
    count(*) as answered,
    count(*) filter (where u.seconds >= $late_upstream_seconds) as late,
    approx_quantile(u.seconds, 0.5) filter (where u.seconds >= $late_upstream_seconds) as late_seconds,
    count(*) filter (where u.seconds >= $doubtful_seconds) as doubtful,
    approx_quantile(u.seconds, 0.5) filter (where u.seconds >= $doubtful_seconds) as doubtful_seconds
  from work.upstream_queries as u
  inner join work.address_names as n on n.address_id = u.upstream_id
  -- what waited for an upstream that stood still says nothing of its zone
  where u.state = 'answered' and u.transaction_id not in (select s.transaction_id from work.stalled_queries as s)
  group by u.zone, n.label
),
slow_zones as (
  select
    count(*) as slow_zones,
    string_agg(
      format('{} took {:.1f} s for {:,} of {:,} answers for {}', upstream, late_seconds, late, answered, zone),
      '; ' order by late desc, zone
    ) as slow_story
  from zones
  where late >= $least and late >= $share * answered
),
doubtful_zones as (
  select
    count(*) as doubtful_zones,
    string_agg(
      format(
        '{} took {:.1f} s for {:,} of {:,} answers for {}, which is not quick, but holds no lookup up for a second',
        upstream,
        doubtful_seconds,
        doubtful,
        answered,
        zone
      ),
      '; ' order by doubtful desc, zone
    ) as doubtful_story
  from zones
  where doubtful >= $least and doubtful >= $share * answered
),
seldom as (
  select coalesce(sum(late), 0)::BIGINT as late, coalesce(sum(answered), 0)::BIGINT as answered from zones
),
logged as (
  select
    count(*) filter (where q.duration_seconds >= $late_upstream_seconds) as slow_lines,
    -- of the others the log itself says what they waited for
    count(*) filter (where q.duration_seconds >= $late_upstream_seconds and f.qname_id is null) as open_lines,
    slow_lines >= $least or slow_lines > 0 and slow_lines >= $line_share * count(*) as many_lines
  from raw.log_queries as q
  left join (select distinct source_id, qname_id, qtype from work.upstream_failures where timed_out) as f
    on f.source_id = q.source_id and f.qname_id = q.qname_id and f.qtype = q.qtype
),
counted as (
  select
    *,
    format(
      '{} answered {:,} of {} later than {:.3f} s',
      upstream, late::BIGINT, work.counted(timed::BIGINT, 'query', 'queries'), edge
    ) as told
  from work.upstream_metrics
  where late >= $least and late >= $share * timed
),
metrics as (
  select
    count(*) filter (where risen) as counted_slow,
    count(*) filter (where not risen) as counted_once,
    coalesce(string_agg(told, '; ' order by late desc, upstream) filter (where risen), '') as counted_story,
    coalesce(string_agg(told, '; ' order by late desc, upstream) filter (where not risen), '') as once_story
  from counted
),
late as (
  select count(*) as unexplained
  from work.late_transactions
  where state = 'answered' and work.is_settled(rcode) and seconds >= $late_upstream_seconds and upstream_stalled = 0
)
select
  slow_zones.*,
  doubtful_zones.*,
  seldom.*,
  logged.*,
  late.*,
  metrics.*,
  probe_facts.probes_late,
  probe_facts.probes_latest,
  probe_facts.probes_late_name,
  evidence.upstream_queries,
  evidence.upstream_timed,
  evidence.forwarded_seen,
  evidence.forwarded_logged,
  evidence.captures,
  evidence.log_lines,
  evidence.judged,
  evidence.timed
from work.evidence
cross join slow_zones
cross join doubtful_zones
cross join seldom
cross join logged
cross join late
cross join metrics
cross join work.probe_facts;

-- --- rules
-- slow-zones:
--   when: slow_zones > 0
--   verdict: confirmed
--   say: "{slow_story}"
-- metrics-count-slow:
--   when: counted_slow > 0
--   verdict: likely
--   say: "by CoreDNS's metrics {counted_story}"
-- seldom-late:
--   when: late > 0 and unexplained > 0
--   verdict: possible
--   say: "{late} of {answered|answer|answers} from upstreams took {$late_upstream_seconds:.1} s or longer, too few of
--     any zone to call it slow"
-- adds-up:
--   when: blamed > 0 and upstream_queries > 0
--   verdict: possible
--   say: "{blamed|slow or failed lookup|slow or failed lookups} waited for upstream answers of {$late_seconds:.1} s or
--     longer, too quick or too few to call an upstream slow by itself"
-- not-quick:
--   when: doubtful_zones > 0
--   verdict: possible
--   say: "{doubtful_story}"
-- quick:
--   when: upstream_timed > 0 and upstream_timed + forwarded_seen >= $forwarded_least
--   verdict: ruled_out
--   say: "no zone's answers from upstreams are often late"
-- metrics-counted-slow-once:
--   when: counted_once > 0
--   verdict: possible
--   say: "by CoreDNS's metrics {once_story}, since it began; one reading does not say when"
-- too-few-seen:
--   when: upstream_timed > 0
--   verdict: no_evidence
--   say: "{upstream_timed|answer|answers} from upstreams {upstream_timed?is|are} too few to see whether a zone's are
--     often late"
-- logged-with-timeouts:
--   when: many_lines and open_lines = 0
--   verdict: possible
--   say: "{slow_lines|line|lines} of the log took {$late_upstream_seconds:.1} s or longer, for names of which it names
--     i/o timeouts too; whether the upstream answers late or never takes a capture of CoreDNS's own queries"
-- logged:
--   when: many_lines
--   verdict: possible
--   say: "{open_lines|line|lines} of the log took {$late_upstream_seconds:.1} s or longer; without a capture of
--     CoreDNS's own queries it is open what {open_lines?it|they} waited for"
-- seldom-logged:
--   when: captures = 0 and forwarded_logged >= $forwarded_least and slow_lines > 0
--   verdict: ruled_out
--   say: "{slow_lines|line|lines} of the log took {$late_upstream_seconds:.1} s or longer, too few to call an upstream
--     slow"
-- none-logged:
--   when: captures = 0 and forwarded_logged >= $forwarded_least
--   verdict: ruled_out
--   say: "no line of the log was slow"
-- logged-and-late:
--   when: unexplained > 0 and slow_lines > 0
--   verdict: possible
--   say: "{slow_lines|line|lines} of the log took {$late_upstream_seconds:.1} s or longer; without a capture of
--     CoreDNS's own queries it is open what {slow_lines?it|they} waited for"
-- late:
--   when: unexplained > 0
--   verdict: possible
--   say: "{unexplained|answer|answers} took {$late_upstream_seconds:.1} s or longer; this evidence does not show
--     CoreDNS's own queries"
-- none-late:
--   when: upstream_queries = 0 and forwarded_seen >= $forwarded_least
--   verdict: ruled_out
--   say: "no answer came late"
-- times-not-told:
--   when: judged > 0 and timed = 0
--   verdict: no_evidence
--   say: "the captures tell no times, so that no answer can be called late or quick"
-- late-by-hand:
--   when: probes_late > 0
--   verdict: possible
--   say: "{probes_late|question|questions} of tools took up to {probes_latest:.1} s to be answered, the longest for
--     {probes_late_name}; whether an upstream took them takes a capture of CoreDNS's own queries"
-- too-few:
--   when: timed + log_lines > 0
--   verdict: no_evidence
--   say: "too few answers for names outside of the cluster are there to see how upstreams answer"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no capture shows enough queries to upstreams"

-- --- fix
-- - title: Keep answers longer, and fetch those that are asked often before they end
--   corefile:
--     - {plugin: cache, arguments: ['300'], options: [[prefetch, '10', 1m, '10%']]}
--   risk: Changes at the zone are seen up to five minutes later; prefetch asks the slow upstream somewhat more.
