-- ---
-- title: Causes of slow and failed lookups
-- description: >
--   One row a lookup that took 0.99 s or longer or failed, with the cause of the attempts that cost it most time. A step whose search suffix
--   nobody answers for is that suffix's fault. A name that does not exist anywhere is no failure, and an end that cannot be seen is none either.
-- from: [work.wire_lookups, work.attempt_delays, work.walks, work.wire_steps, work.client_search, work.unreachable_suffixes]
-- materialized: table
-- ---
with suffix_of as (
  select w.step_id, c.suffix
  from work.walks as w
  inner join work.wire_steps as s on s.step_id = w.step_id
  inner join work.client_search as c on c.client_id = s.client_id and c.position = w.place
  inner join work.unreachable_suffixes as u on u.suffix = c.suffix
),
costs as (
  select
    d.lookup_id,
    case when s.suffix is not null then 'search-domain-unreachable' else d.cause end as cause,
    -- rounded and tied by number, so that two builds of one database agree
    round(sum(d.cost_seconds), 6) as seconds,
    arg_max(d.transaction_id, (round(d.cost_seconds, 6), -d.transaction_id)) as transaction_id
  from work.attempt_delays as d
  left join suffix_of as s on s.step_id = d.step_id
  group by d.lookup_id, 2
),
chosen as (
  select *, row_number() over (partition by lookup_id order by cause is null, seconds desc, cause) as choice
  from costs
)
select
  l.lookup_id,
  coalesce(c.cause, 'unexplained') as cause,
  c.seconds,
  c.transaction_id
from work.wire_lookups as l
left join chosen as c on c.lookup_id = l.lookup_id and c.choice = 1
where (l.outcome = 'failed' or l.ended_ns - l.started_ns >= 990000000)
  -- asked again after seconds says nothing where no answer could be seen
  and (l.outcome <> 'unknown' or c.cause is not null)
