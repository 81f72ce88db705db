-- ---
-- title: Network policies
-- description: One row per rule of a NetworkPolicy, one for a direction in which it isolates without a rule, and one
--   for a policy of another kind.
-- from: [raw.network_policies]
-- materialized: view
-- ---
select * from raw.network_policies
