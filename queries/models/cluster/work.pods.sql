-- ---
-- title: Pods with a network of their own
-- description: One row per pod that is not on its node's network and has not ended, with its addresses and the labels
--   that the fullest of its objects has.
-- from: [raw.cluster_objects]
-- materialized: table
-- ---
select namespace, name, known.labels as labels, known.source_id as source_id, addresses
from (
  select
    namespace,
    name,
    max_by(struct_pack(labels := labels, source_id := source_id), (coalesce(len(labels), 0), source_id)) as known,
    list(distinct address) as addresses
  from raw.cluster_objects
  where kind = 'Pod' and role = 'pod' and not host_network and address is not null and namespace is not null
    and phase is distinct from 'Succeeded' and phase is distinct from 'Failed'
  group by namespace, name
) as p
