-- ---
-- title: Lost queries that a conntrack race would explain
-- description: >
--   One row a program's query that never reached a server (or of which that cannot be seen) and that neither a dead server nor a full table accounts for.
-- from: [work.losses, work.dead_backends, work.full_intervals]
-- materialized: table
-- ---
select l.*
from work.losses as l
where l.query_reached_server is not true
  and not exists (
    select 1 from work.dead_backends as d where d.server_id = l.server_id and l.asked_ns > d.since_ns - work.ns($dying_seconds)
  )
  and not exists (
    select 1 from work.full_intervals as f where l.asked_ns between f.from_ns and f.until_ns
  )
