-- ---
-- title: What the logs of all servers behind an address cover together
-- description: >
--   One row per server that answered, as the capture sees it, while all logs that have lines of its answers run, with
--   how many of its answers then have a line in any. A capture in a pod sees the service's address only: each log then
--   has a share of its answers, and all together nearly all.
-- from: [work.log_line_matches, work.due_answers]
-- materialized: table
-- key: [server_id]
-- ---
with logs as (
  select t.server_id, m.source_id, count(*) as matched, min(t.asked_ns) as from_ns, max(t.asked_ns) as until_ns
  from work.log_line_matches as m
  inner join work.due_answers as t on t.transaction_id = m.transaction_id
  group by t.server_id, m.source_id
),
spans as (
  select server_id, max(from_ns) as from_ns, min(until_ns) as until_ns
  from logs
  where matched >= $joint_log_matches
  group by server_id
),
logged as (
  select distinct transaction_id from work.log_line_matches
)
select
  s.server_id,
  any_value(s.from_ns) as from_ns,
  any_value(s.until_ns) as until_ns,
  count(*) as answered,
  count(l.transaction_id) as matched,
  count(l.transaction_id) / count(*) >= $logged_share
    and count_if(t.is_success) > 0
    and count(l.transaction_id) filter (where t.is_success) >= $logged_share * count_if(t.is_success) as is_complete
from spans as s
inner join work.due_answers as t on t.server_id = s.server_id and t.asked_ns between s.from_ns and s.until_ns
left join logged as l on l.transaction_id = t.transaction_id
group by s.server_id
having count(*) >= $joint_log_answers
