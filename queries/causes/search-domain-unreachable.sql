-- ---
-- title: Search domain unreachable
-- description: >
--   One suffix of the search list is answered by nobody, so that every name that walks past it waits. Confirmed when
--   four of five of its steps fail or time out while other suffixes and bare names answer; possible when it fails now
--   and then and the others hardly ever do, or when a log shows errors for its names alone.
-- kind: fault
-- hits: names
-- precedence: 10
-- params:
--   least: {default: 3, unit: steps, description: failed steps of a suffix that it takes to doubt it,
--     source: "chosen: one or two fail by chance"}
--   doubtful_share: {default: 0.1, unit: share,
--     description: "failed steps of a suffix, as a share of its steps, that it takes to doubt it",
--     source: "chosen: a healthy suffix hardly ever fails"}
--   few: {default: 2, unit: lines,
--     description: "lines of a log for names of a suffix that failed that it takes to doubt it",
--     source: "chosen: a resolver that gets an error asks again"}
--   lines_share: {default: 0.8, unit: share,
--     description: "failed lines of a suffix, as a share of its lines; of failures that logs name, those of one
--       suffix",
--     source: "as of steps: four of five"}
--   chances: {default: 10, unit: steps,
--     description: "answered steps of search suffixes, or lookups without one, that it takes to rule it out",
--     source: "chosen: fewer may have missed the suffix"}
--   others_ratio: {default: 5, unit: ratio, description: how many times as often as any other suffix it must fail,
--     source: "chosen: what hits all suffixes alike is no suffix's fault"}
-- change:
--   - "Take the suffix out of the search list (dnsConfig.searches, the node's resolv.conf, DHCP options), or make its
--       servers reachable."
--   - {what_if: trailing-dot,
--       say: "Until then: a trailing dot for external names avoids the walk; so does a lower ndots (dnslens what-if
--         --ndots N says what it would break)."}
-- collect:
--   - "kubectl exec POD -- cat /etc/resolv.conf"
--   - "tcpdump -i any -w node.pcap port 53   # on the node"
-- look: [search/suffixes, search/walks]
-- panels: [SERVFAIL from, unanswered by upstream]
-- ---

-- --- signs
-- a step whose suffix nobody answers for is that suffix's fault, whatever became of its packets
select
  w.transaction_id,
  'shown' as strength,
  'nearly every name below the search suffix '
  || s.suffix
  || ' failed or timed out, while other names were answered' as reason
from work.waits as w
inner join work.suffix_steps as s on s.step_id = w.step_id
inner join work.unreachable_suffixes as u on u.suffix = s.suffix;

-- --- numbers
with unreachable as (
  select
    count(*) as unreachable,
    coalesce(list(suffix order by suffix), []) as dead_suffixes,
    string_agg(
      format(
        '{:,} of {:,} names asked below {} failed or timed out, while other suffixes answered', failed, steps, suffix
      ),
      '; ' order by suffix
    ) as story
  from work.unreachable_suffixes
),
wavering as (
  select
    count(*) as wavering,
    string_agg(
      format('{:,} of {:,} names asked below {} failed or timed out, and hardly any others', failed, steps, suffix),
      '; ' order by suffix
    ) as doubt
  from work.suffix_health as h
  where h.suffix <> ''
    and h.failed >= $least
    and h.failed_share >= $doubtful_share
    and not exists (
      select 1
      from work.suffix_health as o
      where o.suffix <> h.suffix and $others_ratio * o.failed_share > h.failed_share
    )
),
-- without a capture: lines of logs for names below a suffix that is none of the cluster's
suffix_lines as (
  select
    coalesce(f.suffix, '') as suffix,
    count(*) as lines,
    count(*) filter (where q.rcode is null or work.is_error(q.rcode)) as failed
  from raw.log_queries as q
  left join work.foreign_names as f on f.raw_id = q.qname_id
  group by 1
),
lines as (
  select
    count(*) as failing_suffixes,
    string_agg(
      format(
        '{:,} of {} of logs for names below the search suffix {} ended in an error or without a reply, '
        || 'and hardly any others',
        failed,
        work.counted(lines, 'line', 'lines'),
        suffix
      ),
      '; ' order by suffix
    ) as line_story
  from suffix_lines as l
  where l.suffix <> '' and l.failed >= $few and l.failed >= $lines_share * l.lines
    and not exists (
      select 1
      from suffix_lines as o
      where o.suffix <> l.suffix and $others_ratio * o.failed * l.lines > l.failed * o.lines
    )
    and exists (select 1 from suffix_lines as o where o.suffix <> l.suffix)
),
said as (
  select
    sum(times)::BIGINT as failures,
    max(times) filter (where suffix is not null and times >= $least) as named,
    case when named >= $lines_share * failures then arg_max(suffix, times) filter (where suffix is not null) end
      as named_suffix
  from
    (
      select suffix, sum(count) as times
      from work.upstream_failures
      where not is_probe and not asks_itself
      group by suffix
    )
)
select
  unreachable.*, wavering.*, lines.*, said.*,
  (select count(*) from work.suffix_health where suffix <> '') as suffixes,
  (select coalesce(sum(steps), 0)::BIGINT from work.suffix_health where suffix <> '') as steps,
  evidence.lookups
from work.evidence cross join unreachable cross join wavering cross join lines cross join said;

-- --- rules
-- nobody-answers:
--   when: unreachable > 0
--   verdict: confirmed
--   say: "{story}"
-- now-and-then:
--   when: wavering > 0
--   verdict: possible
--   say: "{doubt}"
-- logged:
--   when: suffixes = 0 and failing_suffixes > 0
--   verdict: possible
--   say: "{line_story}"
-- named-by-errors:
--   when: suffixes = 0 and named_suffix is not null
--   verdict: possible
--   say: "{named} of {failures|failed exchange|failed exchanges} with upstreams that logs name {named?was|were} for
--     names below the search suffix {named_suffix}"
-- all-answer:
--   when: steps >= $chances
--   verdict: ruled_out
--   say: "every suffix of the search list that was walked is answered"
-- none-walked:
--   when: suffixes = 0 and lookups >= $chances
--   verdict: ruled_out
--   say: "no lookup walked a search list"
-- too-few:
--   when: lookups > 0
--   verdict: no_evidence
--   say: "there are too few lookups to see how each suffix of a search list fares"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no capture shows enough lookups, and no log names errors of one suffix alone"

-- --- fix
-- - title: Take the suffix out of the search list of the workloads that were hit
--   when: unreachable > 0
--   pods: {without: dead_suffixes}
--   risk: The workload's pods are made anew; dnsPolicy None does not follow later changes of the cluster's DNS address
--     or domain. Short names that only this suffix completes stop to resolve. Where all nodes have the suffix, take it
--     out of the nodes' resolv.conf or DHCP options instead.
