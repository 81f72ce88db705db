-- ---
-- title: Queries wasted by search suffix
-- description: >
--   One row per suffix that lookups tried before or after another name, and one (a dot) for the names as they are; the
--   most wasteful first. A suffix that never answers costs every walk its queries. Forwarders' own queries are left
--   out.
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
    q.lookup_id, q.qname,
    min(q.asked_at) as asked_at,
    sum(q.attempts) as queries,
    max(q.waited_seconds) as waited_seconds
  from questions as q
  where q.lookup_id in (select w.lookup_id from walks as w)
  group by q.lookup_id, q.qname
),
lasts as (
  select lookup_id, max_by(qname, row(asked_at, qname)) as qname
  from tried
  group by lookup_id
),
placed as (
  select
    w.client, w.outcome, t.queries, t.waited_seconds,
    case when t.qname = w.name then '.' else substring(t.qname, length(w.name) + 2) end as suffix,
    t.qname = l.qname as is_last
  from tried as t
  inner join walks as w on w.lookup_id = t.lookup_id
  inner join lasts as l on l.lookup_id = t.lookup_id
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
