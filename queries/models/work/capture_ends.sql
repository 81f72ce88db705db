-- ---
-- title: Until when each capture can show an answer
-- description: >
--   One row a capture, with the end of what was captured from it on without a pause: its own end, or that of the files that go on from it (rotated ones). A file goes on
--   from another when it begins within 2 s of the other's end; chains are followed for a minute, longer than any answer takes.
-- from: [sources]
-- materialized: table
-- ---
with recursive captures as (
  select source_id, label, epoch_ns(first_time) as first_ns, epoch_ns(last_time) as last_ns
  from sources
  where is_capture and last_time is not null
),
chained as (
  select source_id, label, last_ns, last_ns as until_ns
  from captures
  union
  select c.source_id, c.label, c.last_ns, n.last_ns
  from chained as c
  inner join captures as n
    on n.first_ns between c.until_ns - 2000000000 and c.until_ns + 2000000000
    and n.last_ns > c.until_ns
    and coalesce(n.label = c.label, true)
  where c.until_ns < c.last_ns + 60000000000
)
select source_id, max(until_ns) as until_ns
from chained
group by source_id
