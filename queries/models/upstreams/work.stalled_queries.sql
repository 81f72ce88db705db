-- ---
-- title: Queries to an upstream that stood still
-- description: >
--   One row per query to an upstream that it answered late or not at all while it answered none in time, for names of
--   several zones alike, though it answered these before and after, or after where the evidence begins meanwhile; with
--   the number of that time, whether it began before the evidence (from_start), when it shows first and when the
--   upstream answered in time again. Losses at random, and zones that are slow by themselves, make no such rows.
-- from: [work.upstream_queries]
-- materialized: table
-- ---
with asked as (
  select
    transaction_id,
    upstream_id,
    zone,
    asked_ns,
    coalesce(state = 'answered' and seconds < $late_seconds, false) as quick
  from work.upstream_queries
  where missed or seconds is not null
),
rows_of as (
  select
    *,
    count(*) filter (where quick) over so_far as quick_before,
    count(*) filter (where quick) over (partition by upstream_id) - quick_before as quick_after,
    -- when it answers in time again
    min(case when quick then asked_ns end)
      over (partition by upstream_id order by asked_ns, transaction_id rows between 1 following and unbounded following)
      as until_ns
  from asked
  window so_far as (partition by upstream_id order by asked_ns, transaction_id)
),
runs as (
  select upstream_id, quick_before, count(*) as queries
  from rows_of
  where not quick and (quick_before = 0 or quick_before >= $stall_beside) and quick_after >= $stall_beside
  group by upstream_id, quick_before
  having count(*) >= $stall_least
),
-- zones and losses outside of each run
beside as (
  select
    r.upstream_id,
    r.quick_before,
    any_value(r.queries) as queries,
    count(*) as asked,
    count(*) filter (where not a.quick and a.quick_before <> r.quick_before) as missed,
    count(*) - any_value(r.queries) as others,
    count(distinct case when not a.quick and a.quick_before = r.quick_before and z.quick > 0 then a.zone end) as zones
  from runs as r
  inner join rows_of as a on a.upstream_id = r.upstream_id
  inner join (
    select upstream_id, zone, count(*) filter (where quick) as quick from asked group by upstream_id, zone
  ) as z on z.upstream_id = a.upstream_id and z.zone = a.zone
  group by r.upstream_id, r.quick_before
),
stalls as (
  select upstream_id, quick_before, row_number() over (order by upstream_id, quick_before) as stall
  from beside
  where zones >= $stall_zones
    -- a zone slow by itself, or losses all the time, would make such a row now and then
    and queries * -ln((missed + 1) / (others + 2)) >= ln(asked / $stall_chance)
)
select
  s.stall,
  a.transaction_id,
  a.upstream_id,
  a.zone,
  a.asked_ns,
  a.quick_before = 0 as from_start,
  min(a.asked_ns) over (partition by s.stall) as from_ns,
  max(a.until_ns) over (partition by s.stall) as until_ns
from stalls as s
inner join rows_of as a on a.upstream_id = s.upstream_id and a.quick_before = s.quick_before and not a.quick
