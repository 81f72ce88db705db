-- ---
-- title: The worst lookups
-- description: >
--   One row per lookup among the worst: of each cause the longest first, then the next ones of each. Lookups that were
--   neither slow nor failed are left out.
-- kind: table
-- requires: [lookups]
-- params:
--   top: {type: integer, default: 5, description: how many}
-- narrow: [lookup_id, name, client, seconds, outcome, cause]
-- columns:
--   lookup_id: the lookup
--   name: the name that was asked for
--   client: address of the client
--   client_name: its namespace and pod, or node; null when not known
--   workload: namespace and workload of the client; its address where nothing is known of it
--   started_at: when it began, UTC
--   seconds: how long it took; seconds
--   outcome: how it ended
--   cause: what it is blamed on; unexplained where no known cause fits
-- ---
with ranked as (
  select
    lookup_id, name, client, started_at, seconds, outcome, cause,
    row_number() over (partition by cause order by coalesce(seconds, 0) desc, lookup_id) as turn
  from narrowed.lookups
  where cause is not null
)
select
  r.lookup_id,
  r.name,
  r.client,
  c.client_name,
  coalesce(c.workload_name, r.client) as workload,
  r.started_at,
  r.seconds,
  r.outcome,
  r.cause
from ranked as r
left join clients as c on c.client = r.client
where r.turn <= $top::bigint
order by r.turn, coalesce(r.seconds, 0) desc, r.lookup_id
limit $top::bigint
