-- ---
-- title: How the suffixes of search lists fare
-- description: >
--   One row per search suffix (the empty one is the bare name) that walks asked for, with how many of its steps failed
--   or timed out.
-- from: [work.suffix_steps]
-- materialized: table
-- key: [suffix]
-- ---
select
  suffix,
  count(*) as steps,
  count(*) filter (where failed) as failed,
  count(*) filter (where failed) / count(*) as failed_share,
  min(started_ns) filter (where failed) as first_ns,
  max(ended_ns) filter (where failed) as last_ns
from work.suffix_steps
group by suffix
