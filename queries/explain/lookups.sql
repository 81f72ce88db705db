-- ---
-- title: Lookups of a name
-- description: >
--   One row per lookup that asked for a name, tried it on its walk, or asked for the name that it makes with the first
--   search suffix; the slowest first, or the one nearest to a time.
-- kind: detail
-- params:
--   name: {type: text, default: null, description: "the name as the program asked for it, or one that the walk tried"}
--   at: {type: time, default: null, description: the nearest to this time first}
--   top: {type: integer, default: 20, description: how many}
-- narrow: [lookup_id, client, name, started_at, seconds, outcome]
-- columns:
--   lookup_id: the lookup
--   client: address of the client
--   client_name: its namespace and pod, or node; null when not known
--   name: the name as the program asked for it
--   started_at: when it asked
--   seconds: how long it took; seconds
--   steps: names tried
--   queries: queries sent
--   outcome: answered, negative, failed or unknown
--   cause: what it was blamed on; null when it was neither slow nor failed
--   lookups: how many lookups of this name there are
-- ---
select
  l.lookup_id,
  l.client,
  c.client_name,
  l.name,
  l.started_at,
  l.seconds,
  l.steps,
  l.queries,
  l.outcome,
  l.cause,
  count(*) over () as lookups
from narrowed.lookups as l
left join clients as c on c.client = l.client
where (
  l.name = $name::varchar
  or l.lookup_id in (select q.lookup_id from questions as q where q.qname = $name::varchar)
  -- a short name that the first suffix completes looks the same on the wire as the full one
  or (l.steps = 1 and l.name = $name::varchar || '.' || element_at(c.search_list, 1))
)
order by
  case
    when $at::timestamp_ns is null then 0 else
      abs(date_diff('microsecond', l.started_at, cast($at::timestamp_ns as timestamp)))
  end,
  case when l.name = $name::varchar then 0 else 1 end,
  l.seconds desc,
  l.started_at,
  l.lookup_id
limit $top::bigint
