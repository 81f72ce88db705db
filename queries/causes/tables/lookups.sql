-- ---
-- title: Lookups
-- description: >
--   One row for each name a program asked for. Where it still waited when the capture ended (still_open), seconds is
--   the least that it took.
-- from: [work.wire_lookups, work.lookup_causes, work.address_ids]
-- materialized: view
-- key: [lookup_id]
-- columns:
--   name: name that the program asked for, before the search list
--   started_at: when its first query was seen, UTC
--   seconds: how long it took; the least where it is still open; null without times; seconds
--   steps: names that were tried, by the search list
--   queries: queries sent for all of them
--   wasted_queries: queries for names before the one that ended it
--   outcome: answered, negative, failed or unknown
--   cause: what a slow or failed one waited for, by name of the cause, or unexplained; else null
--   address_lookup: asked for addresses (A, AAAA)
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
