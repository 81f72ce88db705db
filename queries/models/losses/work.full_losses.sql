-- ---
-- title: Lost queries that a full conntrack table accounts for
-- description: >
--   One row per program's query that was not seen to reach a server, and that no ICMP error tells of, in a time in
--   which the table turned flows away: as many as are lost at least, where that was counted. No server was silent for
--   them.
-- from: [work.losses, work.full_intervals, work.icmp_ends]
-- materialized: table
-- key: [transaction_id]
-- ---
with lost as (
  select l.transaction_id, f.from_ns, f.dropped, count(*) over (partition by f.from_ns) as lost
  from work.losses as l
  inner join work.full_intervals as f on l.asked_ns between f.from_ns and f.until_ns
  where l.query_reached_server is not true
    and l.transaction_id not in (select i.transaction_id from work.icmp_ends as i)
)
select transaction_id
from lost
where coalesce(dropped >= lost, true)
