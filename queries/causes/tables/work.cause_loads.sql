-- ---
-- title: What lies on each cause
-- description: One row per known cause; how many signs of it there are, how many slow or failed lookups are blamed on
--   it, and what these took together.
-- from: [work.known_causes, work.signs, work.lookup_causes, work.wire_lookups]
-- materialized: table
-- key: [cause]
-- ---
with shown as (
  select cause, count(*) as signs from work.signs group by cause
),
blamed as (
  select c.cause, count(*) as blamed, sum(l.ended_ns - l.started_ns) / 1e9 as blamed_seconds
  from work.lookup_causes as c
  inner join work.wire_lookups as l on l.lookup_id = c.lookup_id
  group by c.cause
)
select
  k.cause,
  coalesce(s.signs, 0) as signs,
  coalesce(b.blamed, 0) as blamed,
  coalesce(b.blamed_seconds, 0) as blamed_seconds
from work.known_causes as k
left join shown as s on s.cause = k.cause
left join blamed as b on b.cause = k.cause
