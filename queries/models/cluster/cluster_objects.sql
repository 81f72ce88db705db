-- ---
-- title: Cluster objects
-- description: One row per address of a Kubernetes object, and one for an object without.
-- from: [raw.cluster_objects]
-- materialized: view
-- ---
select * from raw.cluster_objects
