-- ---
-- title: Walks over the search list, step by step
-- description: >
--   One row per name tried in a lookup that tried several, in the order they were tried; the lookups that wasted most
--   first. Forwarders' own queries are left out.
-- kind: table
-- requires: [lookups]
-- params:
--   top: {type: integer, default: 20, description: how many lookups}
--   name: {type: text, default: null, description: only lookups of this name}
-- narrow: [lookup_id, client, name, step, qname, outcomes]
-- columns:
--   lookup_id: the lookup; see dnslens explain
--   client: address of the client
--   client_name: its namespace and pod, or node; null when not known
--   name: the name as the program asked for it
--   step: place of this name in the walk; the first is 1
--   qname: the name tried
--   suffix: the search suffix that makes it; a dot where the name was tried as it is
--   asked_at: when it was first asked
--   queries: queries sent for it, retries counted
--   wasted: whether another name was tried after it
--   outcomes: how its questions ended
--   waited_seconds: longest wait for one of its questions; seconds
-- ---
with chosen as (
  select lookup_id, client, name, wasted_queries, started_at
  from narrowed.lookups
  where steps > 1
    and ($name::varchar is null or name = lower($name::varchar))
  order by wasted_queries desc, started_at, lookup_id
  limit $top::bigint
),
tried as (
  select
    l.lookup_id, l.client, l.name, l.wasted_queries, l.started_at, q.qname,
    min(q.asked_at) as asked_at,
    sum(q.attempts) as queries,
    max(q.waited_seconds) as waited_seconds,
    array_agg(distinct q.outcome order by q.outcome) as outcomes
  from chosen as l
  inner join questions as q on q.lookup_id = l.lookup_id
  group by l.lookup_id, l.client, l.name, l.wasted_queries, l.started_at, q.qname
),
numbered as (
  select
    *,
    row_number() over (partition by lookup_id order by asked_at, qname) as step,
    count(*) over (partition by lookup_id) as steps
  from tried
)
select
  n.lookup_id,
  n.client,
  c.client_name,
  n.name,
  n.step,
  n.qname,
  case when n.qname = n.name then '.' else substring(n.qname, length(n.name) + 2) end as suffix,
  n.asked_at,
  n.queries,
  n.step < n.steps as wasted,
  n.outcomes,
  n.waited_seconds
from numbered as n
left join clients as c on c.client = n.client
order by n.wasted_queries desc, n.started_at, n.lookup_id, n.step
