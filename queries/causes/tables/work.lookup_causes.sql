-- ---
-- title: Causes of slow and failed lookups
-- description: >
--   One row per slow or failed lookup, with the cause of the attempts that cost it most time. A name that does not
--   exist anywhere is no failure, and an end that cannot be seen is none either, but what was still waited for when the
--   capture ended is.
-- from: [work.wire_lookups, work.delays, work.known_causes]
-- materialized: table
-- key: [lookup_id]
-- ---
with costs as (
  select
    d.lookup_id,
    d.cause,
    -- rounded and tied by number, so that two builds of one database agree
    round(sum(d.cost_seconds), 6) as seconds,
    arg_max(d.transaction_id, (round(d.cost_seconds, 6), -d.transaction_id)) as transaction_id
  from work.delays as d
  group by d.lookup_id, d.cause
),
chosen as (
  select
    c.*, row_number() over (partition by c.lookup_id order by c.cause is null, c.seconds desc, k.precedence) as choice
  from costs as c
  left join work.known_causes as k on k.cause = c.cause
)
select
  l.lookup_id,
  coalesce(c.cause, 'unexplained') as cause,
  c.seconds,
  c.transaction_id
from work.wire_lookups as l
left join chosen as c on c.lookup_id = l.lookup_id and c.choice = 1
where (l.outcome = 'failed' or l.ended_ns - l.started_ns >= work.ns($hurt_seconds))
  -- asked again after seconds says nothing where no answer could be seen
  and (l.outcome <> 'unknown' or l.still_open or c.cause is not null)
