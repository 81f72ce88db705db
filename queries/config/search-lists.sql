-- ---
-- title: Search lists as configured and as observed
-- description: >
--   One row per client that is no server; its search list by configuration and by its walks, and whether they agree.
--   Where they differ the configuration in hand is not the one that the pod has (made before a change, another
--   container, a program with its own list).
-- kind: table
-- requires: [clients]
-- narrow: [client, pod, resolver, ndots, agreement, configured]
-- columns:
--   client: address that asked
--   namespace: its namespace, if known
--   pod: its pod, if known
--   resolver: which resolver it seems to be
--   configured: search list of the configuration
--   observed: search list as its walks show it
--   ndots: ndots of the configuration
--   agreement: same, differ, or which of the two is missing
--   nameservers: nameservers of the configuration
--   options: options of the configuration
-- ---
select
  client,
  namespace,
  pod,
  resolver,
  configured_search_list as configured,
  observed_search_list as observed,
  ndots,
  case
    when configured_search_list is null and observed_search_list is null then 'neither known'
    when configured_search_list is null then 'observed only'
    when observed_search_list is null then 'configured only'
    when configured_search_list = observed_search_list then 'same'
    else 'differ'
  end as agreement,
  nameservers,
  options
from narrowed.clients
where not is_forwarder
order by
  case when configured_search_list <> observed_search_list then 0 else 1 end,
  namespace,
  pod,
  client
