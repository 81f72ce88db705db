-- ---
-- title: Clients
-- description: One row per address that asked. client_name is its namespace and pod, or its node; null when not known.
-- from: [work.client_facts]
-- materialized: view
-- ---
select client, coalesce(namespace || '/' || pod, pod, node) as client_name, * exclude (client_id, client)
from work.client_facts
