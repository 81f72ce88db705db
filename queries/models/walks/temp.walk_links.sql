-- ---
-- title: Which step a step of a walk follows
-- description: >
--   One row per step and reading of its name that another follows first: at the place after it with the same base, when
--   it brought no answer and ended at most 1 s before, as on a busy node (2.5 s where answers cannot be seen; at once
--   while the client is seen from afar alone, as a later step may be another walk's). A step that nothing answered may
--   have ended otherwise than it seems: at once, where a server's host refused it, or after another 5 s. Where a step
--   timed out glibc leaves the rest of the list out and asks for the base name alone.
-- from: [temp.walk_places, temp.near_times]
-- materialized: table
-- key: [step_id, base_id]
-- ---
with later as (
  select step_id, client_id, base_id, place, place - 1 as place_before, last_place, started_ns
  from temp.walk_places
  where place > first_place
),
last as (
  select * from later where place = last_place
),
-- a step may end a little after its follower began: by clocks that disagree, and where it timed out by as much as a
-- resolver's last wait is not known
ends as (
  select
    client_id,
    base_id,
    place,
    active_ns,
    ended_ns
    - case when outcome = 'unanswered' then work.ns($unsure_end_seconds) else work.ns($order_slack_seconds) end
      as earliest_ns,
    -- of several at one time the first
    min(step_id) as step_id,
    arg_min(outcome, step_id) as outcome,
    arg_min(ended_ns, step_id) as ended_ns
  from temp.walk_places
  where outcome <> 'answered'
  group by all
),
-- by when their resolvers last did something
unended as (
  select
    client_id,
    base_id,
    place,
    active_ns,
    min(step_id) as step_id,
    arg_min(outcome, step_id) as outcome
  from ends
  where outcome in ('unanswered', 'unknown')
  group by client_id, base_id, place, active_ns
),
timed_out as (
  select
    client_id,
    base_id,
    active_ns,
    min(step_id) as step_id,
    arg_min(place, step_id) as place,
    arg_min(ended_ns, step_id) as ended_ns
  from ends
  where outcome = 'unanswered'
  group by client_id, base_id, active_ns
),
followers as (
  select n.step_id, n.base_id, n.place, p.step_id as previous_id, p.place as previous_place, 1 as worth
  from later as n
  asof inner join ends as p
    on
      p.client_id = n.client_id and p.base_id = n.base_id and p.place = n.place_before and p.earliest_ns <= n.started_ns
  left join temp.near_times as f on f.client_id = n.client_id
  where p.step_id <> n.step_id
    and n.started_ns - p.ended_ns < case
      when p.outcome = 'unknown' then work.ns($unseen_step_seconds)
      -- by clocks that disagree a query may seem to come a little before its own first leg
      when
        coalesce(
          p.ended_ns < f.near_from_ns - work.ns($copies_seconds)
          or n.started_ns > f.near_until_ns + work.ns($copies_seconds),
          true
        )
        then work.ns($next_step_seconds)
      else work.ns($busy_step_seconds)
    end
  union all
  select n.step_id, n.base_id, n.place, p.step_id, p.place, 2
  from later as n
  asof inner join unended as p
    on p.client_id = n.client_id and p.base_id = n.base_id and p.place = n.place_before and p.active_ns < n.started_ns
  where p.step_id <> n.step_id
    -- unseen, a half may have been lost and waited for
    and (
      n.started_ns
      - p.active_ns between work.ns($default_timeout_seconds - $next_step_seconds) and work.ns(
        $default_timeout_seconds + $follows_seconds
      )
      or p.outcome = 'unanswered' and n.started_ns - p.active_ns < work.ns($next_step_seconds)
    )
  union all
  select n.step_id, n.base_id, n.place, p.step_id, p.place, 3
  from last as n
  asof inner join timed_out as p
    on p.client_id = n.client_id and p.base_id = n.base_id and p.active_ns < n.started_ns
  where p.place < n.place - 1
    and (
      abs(n.started_ns - p.ended_ns) < work.ns($follows_seconds)
      or n.started_ns
      - p.active_ns between work.ns($default_timeout_seconds - $next_step_seconds) and work.ns(
        $default_timeout_seconds + $follows_seconds
      )
    )
),
chosen as (
  select *
  from followers
  qualify row_number() over (partition by step_id, base_id, place order by worth, previous_id) = 1
)
-- steps are numbered in the order of their times
select previous_id, base_id, previous_place, min(step_id) as step_id, arg_min(place, (step_id, place)) as place
from chosen
group by previous_id, base_id, previous_place
