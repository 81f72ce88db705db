-- ---
-- title: Queries that a network policy lost
-- description: One row per query of a pod that NetworkPolicies cut off (work.policy_clients, hit) that got no answer,
--   or whose answer could still come as the evidence ends; no other cause counts it.
-- from: [work.policy_clients, work.judged_transactions]
-- materialized: table
-- key: [transaction_id]
-- ---
select t.transaction_id, c.policies
from work.policy_clients as c
inner join work.judged_transactions as t on t.client_id = c.client_id
where c.hit and t.protocol = 0 and t.state in ('unanswered', 'unknown') and t.asked_ns >= c.since_ns
