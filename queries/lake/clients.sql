-- ---
-- title: Clients
-- description: >
--   One row per address that asked. What several databases say of one is taken from the latest that says it; questions
--   are added up.
-- from: [clients_by_database]
-- ---
with seen as (
  select *, concat(day, lpad(cast(questions as varchar), 12, '0'), node_label) as turn
  from clients_by_database
),
together as (
  select
    client,
    max_by(namespace, turn) filter (where pod is not null) as namespace,
    max_by(pod, turn) filter (where pod is not null) as pod,
    max_by(workload, turn) filter (where pod is not null) as workload,
    max_by(node, turn) filter (where node is not null) as node,
    max_by(resolver, turn) filter (where resolver is not null) as resolver,
    max_by(resolver_because, turn) filter (where resolver is not null) as resolver_because,
    max_by(retry_seconds, turn) filter (where retry_seconds is not null) as retry_seconds,
    max_by(search_list, turn) filter (where search_list is not null) as search_list,
    max_by(configured_search_list, turn) filter (where configured_search_list is not null) as configured_search_list,
    max_by(observed_search_list, turn) filter (where observed_search_list is not null) as observed_search_list,
    max_by(ndots, turn) filter (where ndots is not null) as ndots,
    max_by(options, turn) filter (where options is not null) as options,
    max_by(nameservers, turn) filter (where nameservers is not null) as nameservers,
    cast(sum(questions) as bigint) as questions,
    bool_or(is_forwarder) as is_forwarder
  from seen
  group by client
)
select
  *,
  coalesce(namespace || '/' || pod, pod, node) as client_name,
  coalesce(coalesce(namespace || '/', '') || workload, 'node ' || node, client) as workload_name
from together
