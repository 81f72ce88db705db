-- ---
-- title: Parent domains of what programs asked for
-- description: One row per lookup of a program, with its name as the program asked for it, the domain that this is
--   directly below, and whether it was hurt (slow, or failed).
-- from: [work.wire_lookups]
-- materialized: view
-- key: [lookup_id]
-- ---
select
  lookup_id,
  client_id,
  name,
  regexp_extract(name, '^[^.]+\.(.+)$', 1) as domain,
  coalesce(outcome = 'failed' or ended_ns - started_ns >= work.ns($hurt_seconds), false) as hurt
from work.wire_lookups
where name like '%.%'
