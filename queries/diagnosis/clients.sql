-- ---
-- title: Clients that were hit
-- description: >
--   One row per client with slow (1 s or longer) or failed lookups: how many, how long it waited, and what they are
--   blamed on; the longest wait first.
-- kind: table
-- requires: [lookups]
-- narrow: [client, workload, lookups, slow_or_failed, waited_seconds, causes]
-- columns:
--   client: address of the client
--   client_name: its namespace and pod, or node; null when not known
--   workload: the workload that the pod belongs to
--   resolver: which resolver it seems to be
--   lookups: all its lookups
--   slow_or_failed: those that took 1 s or longer or failed
--   failed: those that failed
--   hurt_share: slow or failed ones among all
--   waited_seconds: what the slow and failed ones took together; seconds
--   longest_seconds: the longest of them; seconds
--   causes: what they are blamed on; unexplained where no known cause fits
--   first_at: when the first of them began
--   last_at: when the last of them began
-- ---
with sums as (
  select
    client,
    count(*) as lookups,
    count(cause) as slow_or_failed,
    count(*) filter (where outcome = 'failed') as failed,
    sum(seconds) filter (where cause is not null) as waited_seconds,
    max(seconds) filter (where cause is not null) as longest_seconds,
    array_agg(distinct cause order by cause) filter (where cause is not null) as causes,
    min(started_at) filter (where cause is not null) as first_at,
    max(started_at) filter (where cause is not null) as last_at
  from narrowed.lookups
  group by client
  having count(cause) > 0
)
select
  s.client,
  c.client_name,
  c.workload,
  c.resolver,
  s.lookups,
  s.slow_or_failed,
  s.failed,
  cast(s.slow_or_failed as double) / s.lookups as hurt_share,
  s.waited_seconds,
  s.longest_seconds,
  s.causes,
  s.first_at,
  s.last_at
from sums as s
left join clients as c on c.client = s.client
order by s.waited_seconds desc, s.client
