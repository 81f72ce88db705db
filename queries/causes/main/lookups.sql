-- ---
-- title: Lookups
-- description: >
--   One row for each name a program asked for. Where it still waited when the capture ended (still_open), seconds is the least that it took.
-- from: [work.wire_lookups, work.lookup_causes, work.address_ids]
-- materialized: view
-- ---
select
  l.lookup_id,
  a.address as client,
  l.name,
  make_timestamp_ns(l.started_ns) as started_at,
  -- of a capture without times nothing is known but the order
  case when l.timed then (l.ended_ns - l.started_ns) / 1e9 end as seconds,
  l.still_open,
  l.steps,
  l.queries,
  l.wasted_queries,
  l.outcome,
  c.cause,
  l.address_lookup
from work.wire_lookups as l
inner join work.address_ids as a on a.raw_id = l.client_id
left join work.lookup_causes as c on c.lookup_id = l.lookup_id
