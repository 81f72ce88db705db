-- ---
-- title: How the worst names walk the search list
-- description: >
--   One row per name tried on the way to a name that wasted most queries: what the resolvers made of the name, how
--   often, and what came back. All walks of a name are put together. Forwarders' own queries are left out.
-- kind: chart
-- requires: [lookups]
-- params:
--   top: {type: integer, default: 4, description: how many names}
-- narrow: [name, step, qname, queries, wasted_share, median_seconds]
-- columns:
--   name: the name as the programs asked for it
--   step: place of this name in the walks; the first is 1
--   qname: the name tried
--   tried: what was done to the name, a suffix with a dot before it or `as it is`
--   walks: walks that tried it
--   queries: queries sent for it, retries counted
--   wasted_share: walks that had to go on after it among these walks
--   rcodes: what came back; unanswered, or unknown where this evidence cannot see the answer
--   median_seconds: half of its questions waited no longer; seconds
--   longest_seconds: longest wait for one of its questions; seconds
-- chart: {mark: bar, x: tried, y: queries, panel: name, faint: wasted_share, label: [rcodes, queries, longest_seconds]}
-- ---
with walks as (
  select lookup_id, name, wasted_queries
  from narrowed.lookups
  where steps > 1
),
worst as (
  select name, sum(wasted_queries) as wasted_queries
  from walks
  group by name
  order by wasted_queries desc, name
  limit $top::bigint
),
asked as (
  select
    w.lookup_id, w.name, q.qname, q.asked_at, q.attempts, q.waited_seconds,
    case when q.outcome in ('unanswered', 'unknown') then q.outcome else coalesce(q.rcode, q.outcome) end as rcode
  from walks as w
  inner join worst as n on n.name = w.name
  inner join questions as q on q.lookup_id = w.lookup_id
),
turns as (
  select
    lookup_id, name, qname,
    row_number() over (partition by lookup_id order by min(asked_at), qname) as turn,
    count(*) over (partition by lookup_id) as turns
  from asked
  group by lookup_id, name, qname
),
places as (
  select
    name, qname,
    count(*) as walks,
    cast(count(*) filter (where turn < turns) as double) / count(*) as wasted_share,
    row_number() over (partition by name order by avg(turn), qname) as step
  from turns
  group by name, qname
),
answers as (
  select
    name, qname,
    sum(attempts) as queries,
    array_agg(distinct rcode order by rcode) as rcodes,
    approx_percentile(waited_seconds, 0.5) as median_seconds,
    max(waited_seconds) as longest_seconds
  from asked
  group by name, qname
)
select
  p.name,
  p.step,
  p.qname,
  case when p.qname = p.name then 'as it is' else substring(p.qname, length(p.name) + 1) end as tried,
  p.walks,
  a.queries,
  p.wasted_share,
  a.rcodes,
  a.median_seconds,
  a.longest_seconds
from places as p
inner join answers as a on a.name = p.name and a.qname = p.qname
inner join worst as w on w.name = p.name
order by w.wasted_queries desc, p.name, p.step
