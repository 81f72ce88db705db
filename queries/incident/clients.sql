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
with named as (
  select
    client,
    coalesce(
      case when workload is not null then coalesce(namespace || '/', '') || workload end,
      case when node is not null then 'node ' || node end,
      client
    ) as workload
  from narrowed.clients
),
hurt as (
  select client, count(cause) as slow_or_failed
  from narrowed.lookups
  group by client
)
select n.client, n.workload, coalesce(h.slow_or_failed, 0) as slow_or_failed
from named as n
left join hurt as h on h.client = n.client
where n.workload in (
  select w.workload
  from named as w
  inner join hurt as x on x.client = w.client
  where x.slow_or_failed > 0
)
order by slow_or_failed desc, n.client
limit $top::bigint
