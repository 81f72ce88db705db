-- ---
-- title: Search suffixes that nobody answers for
-- description: >
--   One row per suffix of which four of five steps, and at least three, failed or timed out, while no other suffix and
--   not the bare names fail as one in five.
-- from: [work.suffix_health]
-- materialized: table
-- key: [suffix]
-- ---
select h.*
from work.suffix_health as h
where h.suffix <> ''
  and h.failed >= 3
  and h.failed_share >= 0.8
  and not exists (
    select 1 from work.suffix_health as o
    where o.suffix <> h.suffix and o.steps >= 3 and o.failed_share >= 0.2 and o.failed_share < 0.8
  )
  and exists (select 1 from work.suffix_health as o where o.suffix <> h.suffix and o.failed_share < 0.2)
