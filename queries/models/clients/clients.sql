-- ---
-- title: Clients
-- description: One row per address that asked.
-- from: [work.client_facts]
-- materialized: view
-- key: [client]
-- columns:
--   client_name: its namespace and pod, or its node; null where not known
--   workload_name: its namespace and workload, or `node` and its node; its address where nothing is known of it
--   namespace: namespace of its pod
--   pod: its pod
--   workload: what its pod belongs to, such as a Deployment
--   node: node that it runs on, or is
--   resolver: what its queries look like (glibc, musl, go, c-ares, several), or forwarder; null where they do not tell
--   resolver_because: what shows that
--   retry_seconds: how long its resolver waits for an answer before it asks again; seconds
--   search_list: its search list, as configured or else as observed
--   configured_search_list: the search list of its resolv.conf or dnsConfig; null where not read
--   observed_search_list: the search list that its queries show; null where they show none
--   ndots: ndots of its resolv.conf or dnsConfig; null where not read
--   options: other options of its resolv.conf or dnsConfig
--   nameservers: nameservers of its resolv.conf or dnsConfig
--   questions: questions that it asked
--   is_forwarder: it is a DNS server that asks on behalf of others
-- ---
select
  client,
  coalesce(namespace || '/' || pod, pod, node) as client_name,
  coalesce(coalesce(namespace || '/', '') || workload, 'node ' || node, client) as workload_name,
  * exclude (client_id, client)
from work.client_facts
