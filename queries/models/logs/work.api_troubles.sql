-- ---
-- title: What logs say of trouble with the Kubernetes API
-- description: >
--   One row per line of a CoreDNS log that says that it has no view of the cluster (unsynced), that a request to the
--   API failed (failed, with its address and reason), or that it waits for the API (waiting), as a start does for a
--   moment. elsewhen: all captures had ended well before, or began well after.
-- from: [raw.log_events, work.captured_time]
-- materialized: table
-- ---
with told as (
  select
    source_id,
    line,
    time,
    reason,
    upstream as api,
    count,
    case
      when event = 'kubernetes-api' and contains(message, 'unsynced Kubernetes API') then 'unsynced'
      when event in ('kubernetes-api', 'client-go')
        and reason is not null
        and regexp_matches(message, '(?i)fail|unable|error|refused|timeout|forbidden|unauthorized')
        then 'failed'
      when event = 'kubernetes-api' and contains(message, 'waiting for Kubernetes API') then 'waiting'
      when event = 'ready' and contains(message, 'kubernetes') then 'waiting'
    end as kind
  from raw.log_events
  where event in ('kubernetes-api', 'client-go', 'ready')
)
select
  t.*,
  work.is_elsewhen(t.time, c.from_ns, c.until_ns, work.ns($log_reach_seconds)) as elsewhen
from told as t
cross join work.captured_time as c
where t.kind is not null
