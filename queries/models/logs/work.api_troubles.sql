-- ---
-- title: What logs say of trouble with the Kubernetes API
-- description: >
--   One row per line of a CoreDNS log that says that it has no view of the cluster (unsynced), that a request to the
--   API failed (failed, with its address and reason), or that it waits for the API (waiting), as a start does for a
--   moment.
-- from: [raw.log_events]
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
select * from told where kind is not null
