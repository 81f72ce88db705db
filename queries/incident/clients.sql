-- ---
-- title: Clients of the workloads that were hit
-- description: >
--   One row per client of a workload that has slow or failed lookups, those with most of them first.
-- kind: table
-- requires: [lookups]
-- params:
--   top: {type: integer, default: 2000, description: how many}
-- columns:
--   client: address of the client
--   workload: namespace and workload of the client; its address where nothing is known of it
--   slow_or_failed: its lookups that took 1 s or longer or failed
-- ---
with hurt as (
  select client, count(cause) as slow_or_failed
  from narrowed.lookups
  group by client
)
select c.client, c.workload_name as workload, coalesce(h.slow_or_failed, 0) as slow_or_failed
from narrowed.clients as c
left join hurt as h on h.client = c.client
where c.workload_name in (
  select w.workload_name
  from clients as w
  inner join hurt as x on x.client = w.client
  where x.slow_or_failed > 0
)
order by slow_or_failed desc, c.client
limit $top::bigint
