-- ---
-- title: When a missing log line means a query that never came
-- description: >
--   One row per address that queries were sent to, where the logs of all servers behind it have nearly all answered
--   queries: each log by itself (from_ns and until_ns; null where the logs have no times), or all logs together
--   (joint_from_ns and joint_until_ns).
-- from: [work.wire_transactions, work.log_coverage, work.joint_log_coverage]
-- materialized: table
-- key: [server_id]
-- ---
with behind as (
  select server_id, answer_first_src_id
  from work.wire_transactions
  where answer_first_src_id is not null
  group by server_id, answer_first_src_id
),
logged as (
  select
    b.server_id,
    count(distinct b.answer_first_src_id)
    = count(distinct b.answer_first_src_id) filter (where c.is_complete) as each_logged,
    max(c.from_ns) as from_ns,
    min(c.until_ns) as until_ns
  from behind as b
  left join work.log_coverage as c on c.server_id = b.answer_first_src_id
  group by b.server_id
),
joint as (
  select * from work.joint_log_coverage where is_complete
)
select
  coalesce(l.server_id, j.server_id) as server_id,
  coalesce(l.each_logged, false) as each_logged,
  l.from_ns,
  l.until_ns,
  j.from_ns as joint_from_ns,
  j.until_ns as joint_until_ns
from logged as l
full join joint as j on j.server_id = l.server_id
where l.each_logged or j.server_id is not null
