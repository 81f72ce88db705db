-- ---
-- title: What each attempt of a slow or failed lookup cost, and why
-- description: >
--   One row an attempt that a slow or failed lookup waited for 0.2 s or longer or that ended in an error, with the seconds that it cost and the cause that it shows
--   (null where the evidence shows none). A step whose search suffix nobody answers for is that suffix's fault.
-- from: [work.wire_lookups, work.question_lookups, work.question_attempts, work.wire_questions, work.late_transactions, work.dead_backends, work.full_intervals, work.race_losses, work.upstream_queries, work.judged_transactions, work.name_ids, work.walks, work.wire_steps, work.client_search, work.unreachable_suffixes]
-- materialized: table
-- ---
with slow as (
  select lookup_id from work.wire_lookups
  where outcome = 'failed' or ended_ns - started_ns >= 500000000
),
late as (
  select t.*, coalesce(a.question_id, t.transaction_id) as question_id, coalesce(a.attempt, 1) as attempt
  from work.late_transactions as t
  left join work.question_attempts as a on a.transaction_id = t.transaction_id
),
attempts as (
  select
    q.lookup_id,
    q.step_id,
    t.*,
    coalesce(
      (lead(t.asked_ns) over attempt - t.asked_ns) / 1e9,
      t.seconds,
      (w.ended_ns - t.asked_ns) / 1e9
    ) as cost_seconds,
    w.passes_errors,
    work.zone_of(n.name) as zone
  from slow as s
  inner join work.question_lookups as q on q.lookup_id = s.lookup_id
  inner join work.wire_questions as w on w.question_id = q.question_id
  inner join late as t on t.question_id = q.question_id
  inner join work.name_ids as n on n.raw_id = t.qname_id
  window attempt as (partition by t.question_id order by t.attempt)
),
race as (
  select coalesce(bool_or(half and together), false) as raced, coalesce(count(*) filter (where half) >= $race_half_share * count(*), false) as mostly_halves
  from work.race_losses
),
-- a SERVFAIL is the server's own fault only where its upstreams are seen and all answer
up as (
  select count(*) > 0 and count(*) filter (where state <> 'answered') = 0 as all_answered from work.upstream_queries
),
seen_forwarders as (
  select distinct forwarder_id from work.upstream_queries
),
-- a zone that is refused now and then is refused for want of room, not by a rule
refused_zones as (
  select work.zone_of(n.name) as zone, sum(t.refused) / sum(t.answered) as refused_share
  from (
    select qname_id, count(*) as answered, count(*) filter (where rcode = 5) as refused
    from work.judged_transactions
    where state = 'answered' and not from_forwarder
    group by qname_id
  ) as t
  inner join work.name_ids as n on n.raw_id = t.qname_id
  group by 1
  having sum(t.refused) > 0
),
unreachable as (
  select w.step_id, c.suffix
  from work.walks as w
  inner join work.wire_steps as s on s.step_id = w.step_id
  inner join work.client_search as c on c.client_id = s.client_id and c.position = w.place
  inner join work.unreachable_suffixes as u on u.suffix = c.suffix
)
select
  a.lookup_id,
  a.step_id,
  a.question_id,
  a.transaction_id,
  a.cost_seconds,
  x.suffix as unreachable_suffix,
  case
    when x.suffix is not null then 'search-domain-unreachable'
    when a.state = 'unanswered' and exists (
      select 1 from work.dead_backends as d
      where d.server_id = a.server_id
        and a.asked_ns > d.since_ns - 1000000000
        and (a.query_reached_server is not true or a.backend_id = d.backend_id)
    ) then 'dead-backend'
    when a.state = 'unanswered' and a.response_left_server then 'lost-replies'
    when a.state = 'unanswered' and a.in_log and not a.no_reply and a.upstream_lost = 0 and a.log_rcode is distinct from 2 then 'lost-replies'
    when a.state = 'unanswered' and not a.query_reached_server and exists (
      select 1 from work.full_intervals as f where a.asked_ns between f.from_ns and f.until_ns
    ) then 'conntrack-table-full'
    when a.state = 'unanswered' and not a.query_reached_server and race.raced and (h.half or race.mostly_halves) then 'conntrack-race'
    when a.upstream_lost > 0 and a.upstream_rate > $packets_a_second then 'upstream-packet-limit'
    when a.upstream_lost > 0 then 'upstream-silent'
    when a.upstream_seconds >= $late_seconds then 'upstream-slow'
    when a.rcode = 5 and z.refused_share < 0.9 then 'coredns-overloaded'
    when a.state = 'answered' and (a.rcode in (4, 5) or a.rcode = 2 and up.all_answered) and a.seconds < 1 and a.passes_errors then 'resolver-gives-up'
    when a.state = 'unanswered' and a.query_reached_server and not a.response_left_server and a.in_log is not true then 'coredns-overloaded'
    when a.state = 'answered' and a.log_seconds < $log_quick_share * a.seconds and a.seconds >= $late_seconds then 'coredns-overloaded'
    when a.log_seconds >= 0.5 and (a.log_rcode = 2 or a.no_reply) then 'upstream-silent'
    -- slow by its own log, though nothing that it asked upstream for the name was late
    when a.log_seconds >= $late_seconds and f.forwarder_id is not null and a.state = 'answered' and a.rcode in (0, 3) then 'coredns-overloaded'
    when a.log_seconds >= $late_seconds then 'upstream-slow'
  end as cause
from attempts as a
cross join race
cross join up
left join work.race_losses as h on h.transaction_id = a.transaction_id
left join refused_zones as z on z.zone = a.zone
left join seen_forwarders as f on f.forwarder_id = coalesce(a.backend_id, a.server_id)
left join unreachable as x on x.step_id = a.step_id
