-- ---
-- title: Queries wasted by search suffix
-- description: >
--   One row per suffix that lookups tried before or after another name, and one (a dot) for the names as they are; the most wasteful first.
--   A suffix that never answers costs every walk its queries. Forwarders' own queries are left out.
-- kind: table
-- requires: [lookups]
-- columns:
--   suffix: the search suffix; a dot for the name as it is
--   clients: clients that tried it
--   tried: walks that tried it
--   queries: queries sent for it, retries counted
--   ended: walks that ended there
--   answered: walks that ended there with an answer
--   wasted_queries: queries of walks that had to go on
--   wasted_share: wasted queries among its queries
--   slow: times that it kept a walk waiting for a second or more
-- chart: {mark: bar, x: suffix, y: wasted_queries, label: [wasted_queries, wasted_share]}
-- ---
with walks as (
  select lookup_id, client, name, outcome
  from narrowed.lookups
  where steps > 1
),
tried as (
  select
    w.lookup_id, w.client, w.name, w.outcome, q.qname,
    min(q.asked_at) as asked_at,
    sum(q.attempts) as queries,
    max(q.waited_seconds) as waited_seconds
  from walks as w
  inner join questions as q on q.lookup_id = w.lookup_id
  group by w.lookup_id, w.client, w.name, w.outcome, q.qname
),
placed as (
  select
    client, outcome, queries, waited_seconds,
    case when qname = name then '.' else substring(qname, length(name) + 2) end as suffix,
    row_number() over (partition by lookup_id order by asked_at desc, qname desc) = 1 as is_last
  from tried
)
select
  suffix,
  count(distinct client) as clients,
  count(*) as tried,
  sum(queries) as queries,
  count(*) filter (where is_last) as ended,
  count(*) filter (where is_last and outcome = 'answered') as answered,
  coalesce(sum(queries) filter (where not is_last), 0) as wasted_queries,
  cast(coalesce(sum(queries) filter (where not is_last), 0) as double) / sum(queries) as wasted_share,
  count(*) filter (where waited_seconds >= 1) as slow
from placed
group by suffix
order by wasted_queries desc, queries desc, suffix
