-- ---
-- title: Names of addresses
-- description: One row per address, with its pod, service or node beside it where known; one that no packet or line
--   shows has no id.
-- from: [work.address_ids, raw.cluster_objects]
-- materialized: table
-- key: [address]
-- ---
with named as (
  select
    address,
    arg_min(
      case when kind in ('Node') then name else coalesce(namespace || '/', '') || name end,
      (
        case kind
          when 'Pod' then (case when host_network then 3 else 0 end) when 'Service' then 1 when 'Node' then 2 else 9
        end,
        namespace,
        name
      )
    ) as name
  from raw.cluster_objects
  where address is not null and kind in ('Pod', 'Service', 'Node')
  group by address
)
select distinct a.address_id, a.address, n.name, coalesce(n.name || ' (' || a.address || ')', a.address) as label
from (
  select address_id, address from work.address_ids
  union all
  select null, address from named where address not in (select i.address from work.address_ids as i)
) as a
left join named as n on n.address = a.address
