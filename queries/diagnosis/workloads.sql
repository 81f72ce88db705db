-- ---
-- title: Causes by workload
-- description: >
--   One row per workload and a cause that hit it: how many of its clients and how many of its slow or failed lookups,
--   which are unexplained where no cause is known.
-- kind: table
-- narrow: [workload, cause, verdict, lookups, lookup_seconds]
-- columns:
--   workload: namespace and workload of the clients; their address where nothing is known of it
--   cause: the cause, or unexplained
--   verdict: the cause's verdict; null for unexplained
--   kind: fault or cost; null for unexplained
--   clients: clients of the workload that were hit
--   lookups: their slow or failed lookups that are laid on this cause
--   lookup_seconds: seconds that these took together
--   wasted_queries: for search-amplification, queries that only the search list made
-- chart: {mark: bar, x: workload, y: lookups, panel: cause, label: [lookups, wasted_queries]}
-- ---
with listed as (
  select c.cause, u.label
  from causes as c
  cross join unnest(c.clients) as u (label)
),
shown as (
  select l.cause, n.client
  from listed as l
  inner join narrowed.clients as n on l.label = n.client or strpos(l.label, '(' || n.client || ')') > 0
),
blamed as (
  select cause, client, count(*) as lookups, sum(seconds) as lookup_seconds
  from narrowed.lookups
  where cause is not null
  group by cause, client
),
wasted as (
  select 'search-amplification' as cause, client, sum(wasted_queries) as wasted_queries
  from narrowed.lookups
  where steps > 1
  group by client
),
hit as (
  select cause, client
  from shown
  union
  select cause, client
  from blamed
)
select
  clients.workload_name as workload,
  hit.cause,
  causes.verdict,
  causes.kind,
  count(*) as clients,
  coalesce(sum(blamed.lookups), 0) as lookups,
  coalesce(sum(blamed.lookup_seconds), 0) as lookup_seconds,
  sum(wasted.wasted_queries) as wasted_queries
from hit
inner join narrowed.clients on clients.client = hit.client
left join causes on causes.cause = hit.cause
left join blamed on blamed.cause = hit.cause and blamed.client = hit.client
left join wasted on wasted.cause = hit.cause and wasted.client = hit.client
group by clients.workload_name, hit.cause, causes.verdict, causes.kind
order by workload, lookups desc, lookup_seconds desc, hit.cause
