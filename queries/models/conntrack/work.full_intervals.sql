-- ---
-- title: When the conntrack table turned flows away
-- description: >
--   One row per interval in which drop or early_drop rose without insert_failed, or in which the table was at its
--   limit, widened by what samples' times may be off.
-- from: [conntrack_deltas, conntrack_table]
-- materialized: table
-- ---
with moved as (
  select
    from_time,
    to_time,
    sum(increase) filter (where counter in ('drop', 'early_drop')) as dropped,
    sum(increase) filter (where counter = 'insert_failed') as insert_failed
  from conntrack_deltas
  where to_time is not null and from_time is not null
  group by from_time, to_time
)
select min(from_ns) as from_ns, max(until_ns) as until_ns, sum(dropped) as dropped
from (
  select *, sum(starts) over (order by from_ns, until_ns rows unbounded preceding) as stretch
  from (
    select
      from_ns - slack.ns as from_ns,
      until_ns + slack.ns as until_ns,
      dropped,
      -- those before may all have ended
      case
        when from_ns - slack.ns
          <= max(until_ns + slack.ns) over (order by from_ns, until_ns rows between unbounded preceding and 1 preceding)
        then 0 else 1
      end as starts
    from (
      select epoch_ns(from_time) as from_ns, epoch_ns(to_time) as until_ns, dropped
      from moved
      where dropped > 0 and coalesce(insert_failed, 0) < $full_clash_share * dropped
      union all
      select epoch_ns(time), epoch_ns(time) + work.ns($table_sample_seconds), null
      from conntrack_table
      where time is not null and (entries >= $table_full_share * max_entries or full_messages > 0)
    ) as intervals
    -- `date` between samples says whole seconds
    cross join (select work.ns($table_slack_seconds) as ns) as slack
  ) as intervals
) as stretches
group by stretch
