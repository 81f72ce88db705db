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
  n.workload_name as workload,
  h.cause,
  c.verdict,
  c.kind,
  count(*) as clients,
  coalesce(sum(b.lookups), 0) as lookups,
  coalesce(sum(b.lookup_seconds), 0) as lookup_seconds,
  sum(w.wasted_queries) as wasted_queries
from hit as h
inner join narrowed.clients as n on n.client = h.client
left join causes as c on c.cause = h.cause
left join blamed as b on b.cause = h.cause and b.client = h.client
left join wasted as w on w.cause = h.cause and w.client = h.client
group by n.workload_name, h.cause, c.verdict, c.kind
order by workload, lookups desc, lookup_seconds desc, h.cause
