-- ---
-- title: Lost queries that a conntrack race would explain
-- description: >
--   One row per program's query that never reached a server (or of which that cannot be seen) and that neither a server
--   that was not there nor a full table accounts for. A query that was seen behind its translation had its entry in
--   conntrack by then: no race lost it, whatever half of a pair it was.
-- from: [work.losses, work.silent_losses, work.full_intervals]
-- materialized: table
-- key: [transaction_id]
-- ---
select
  l.* exclude (half, together),
  l.half and not coalesce(l.backend_id <> l.server_id, false) as half,
  l.together and not coalesce(l.backend_id <> l.server_id, false) as together,
  l.half and coalesce(l.backend_id <> l.server_id, false) as half_behind
from work.losses as l
where l.query_reached_server is not true
  and l.transaction_id not in (select s.transaction_id from work.silent_losses as s)
  and not exists (
    select 1 from work.full_intervals as f where l.asked_ns between f.from_ns and f.until_ns
  )
