-- ---
-- title: Servers
-- description: >
--   One row per address that queries were sent to or answered from. Of several roles it has the most special one;
--   queries are added up.
-- from: [servers_by_database]
-- ---
with seen as (
  select
    *,
    concat(day, lpad(cast(queries as varchar), 12, '0'), node_label) as turn,
    case role when 'nodelocal' then 1 when 'service' then 2 when 'coredns' then 3 when 'upstream' then 5 else 4 end
      as place
  from servers_by_database
)
select
  server,
  min_by(role, place) as role,
  max_by(name, turn) filter (where name is not null) as name,
  max_by(node, turn) filter (where node is not null) as node,
  cast(sum(queries) as bigint) as queries
from seen
group by server
