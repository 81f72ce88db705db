-- ---
-- title: Upstream slow
-- description: >
--   One row; whether the servers that CoreDNS forwards to answer late, and for which zone. Confirmed when a zone's answers are late often; possible from a few late answers, from a zone whose answers are often not quick, or from the log's durations alone.
-- kind: fault
-- from: [work.evidence, work.upstream_queries, work.late_transactions, work.address_names, raw.log_queries]
-- params:
--   slow_seconds: {default: 0.5, description: an upstream answer that took this long is late}
--   doubtful_seconds: {default: 0.25, description: one that took this long is not late, but not quick either}
--   least: {default: 5, description: late answers of a zone that it takes}
--   share: {default: 0.1, description: share of the zone's answers that are late}
-- change:
--   - "Ask who runs the zone's servers; forward the zone to servers nearer or faster, and cache its answers longer (cache's success and denial with a minimum TTL, prefetch)."
-- collect:
--   - "tcpdump -i any -w node.pcap port 53   # on CoreDNS's node"
-- look: [servers/zones, servers/upstreams]
-- ---
with zones as (
  select
    u.zone,
    n.label as upstream,
    count(*) as answered,
    count(*) filter (where u.seconds >= $slow_seconds) as late,
    approx_quantile(u.seconds, 0.5) filter (where u.seconds >= $slow_seconds) as late_seconds,
    count(*) filter (where u.seconds >= $doubtful_seconds) as doubtful,
    approx_quantile(u.seconds, 0.5) filter (where u.seconds >= $doubtful_seconds) as doubtful_seconds
  from work.upstream_queries as u
  inner join work.address_names as n on n.address_id = u.upstream_id
  where u.state = 'answered'
  group by u.zone, n.label
),
slow_zones as (
  select * from zones where late >= $least and late >= $share * answered
),
doubtful_zones as (
  select * from zones where doubtful >= $least and doubtful >= $share * answered
),
seldom as (
  select coalesce(sum(late), 0)::BIGINT as late, sum(answered)::BIGINT as answered from zones
),
logged as (
  select
    count(*) filter (where duration_seconds >= $slow_seconds) as slow_lines,
    slow_lines >= $least or slow_lines > 0 and slow_lines >= 0.01 * count(*) as many
  from raw.log_queries
),
late as (
  select count(*) as unexplained from work.late_transactions where state = 'answered' and rcode in (0, 3) and seconds >= $slow_seconds
)
select
  case
    when (select count(*) from slow_zones) > 0 then 'confirmed'
    when s.late > 0 and l.unexplained > 0 or (select count(*) from doubtful_zones) > 0 then 'possible'
    when e.upstream_timed > 0 then 'ruled_out'
    when g.many and e.upstream_queries = 0 then 'possible'
    when e.captures = 0 and e.log_lines > 0 then 'ruled_out'
    when l.unexplained > 0 then 'possible'
    when e.timed > 0 and e.upstream_queries = 0 then 'ruled_out'
    else 'no_evidence'
  end as verdict,
  case
    when (select count(*) from slow_zones) > 0 then (
      select string_agg(format('{} answers for {} {} of {} times after {:.1f} s', upstream, zone, late, answered, late_seconds), '; ' order by late desc) from slow_zones
    )
    when s.late > 0 and l.unexplained > 0
      then format('{} of {} from upstreams took {:.1f} s or longer, too few of any zone to call it slow', s.late, work.counted(s.answered, 'answer', 'answers'), $slow_seconds)
    when (select count(*) from doubtful_zones) > 0 then (
      select string_agg(format('{} answers for {} {} of {} times after {:.1f} s, which is not quick, but holds no lookup up for a second', upstream, zone, doubtful, answered, doubtful_seconds), '; ' order by doubtful desc) from doubtful_zones
    )
    when e.upstream_timed > 0 then 'no zone''s answers from upstreams are often late'
    when g.slow_lines > 0 and not g.many and e.captures = 0 then format('{} of the log took {:.1f} s or longer, too few to call an upstream slow', work.counted(g.slow_lines, 'line', 'lines'), $slow_seconds)
    when g.slow_lines > 0 and e.upstream_queries = 0 then format('{} of the log took {:.1f} s or longer; without a capture of CoreDNS''s own queries it is open what they waited for', work.counted(g.slow_lines, 'line', 'lines'), $slow_seconds)
    when e.captures = 0 and e.log_lines > 0 then 'no line of the log was slow'
    when l.unexplained > 0 then format('{} took {:.1f} s or longer; this evidence does not show CoreDNS''s own queries', work.counted(l.unexplained, 'answer', 'answers'), $slow_seconds)
    when e.timed > 0 and e.upstream_queries = 0 then 'no answer came late'
    when e.judged > 0 and e.timed = 0 then 'the captures tell no times, so that no answer can be called late or quick'
    else 'no capture shows queries to upstreams'
  end as summary,
  []::VARCHAR[] as findings
from work.evidence as e cross join logged as g cross join late as l cross join seldom as s
