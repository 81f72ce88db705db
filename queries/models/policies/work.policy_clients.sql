-- ---
-- title: What became of the queries of pods that network policies cut off
-- description: >
--   One row per pod that asked and that NetworkPolicies leave no way to DNS over UDP: what it asked the cluster's DNS
--   after the policy was made (asked, lost, how far that came, answered once the plugin had time to follow) and what
--   was answered before; and of other pods meanwhile. hit: nothing speaks against the policy as what lost them: none
--   was answered or reached a server, and others' queries were hardly lost.
-- from: [work.policy_pods, work.dns_endpoints, work.judged_transactions, work.losses, work.address_ids]
-- materialized: table
-- key: [client_id]
-- ---
with servers as (
  select i.raw_id as server_id
  from work.address_ids as i
  where i.address in (select d.address from work.dns_endpoints as d)
    or i.address in (select unnest(d.services) from work.dns_endpoints as d)
),
asked as (
  select
    t.transaction_id,
    t.client_id,
    t.asked_ns,
    t.timed,
    t.state,
    t.query_reached_server,
    l.transaction_id is not null as lost
  from work.judged_transactions as t
  left join work.losses as l on l.transaction_id = t.transaction_id
  where not t.from_forwarder
    and t.protocol = 0
    and t.server_id in (select s.server_id from servers as s)
    and t.state <> 'unknown'
),
cut as (
  select i.raw_id as client_id, p.*
  from work.policy_pods as p
  inner join work.address_ids as i on i.address = p.address
  where p.state = 'blocked'
),
counted as (
  select
    a.client_id,
    any_value(c.namespace) as namespace,
    any_value(c.name) as name,
    any_value(c.policies) as policies,
    any_value(c.since_ns) as since_ns,
    count(*) filter (where a.asked_ns >= c.since_ns) as asked,
    count(*) filter (where a.lost and a.asked_ns >= c.since_ns) as lost,
    count(*) filter (where a.lost and a.asked_ns >= c.since_ns and a.query_reached_server) as reached,
    count(*) filter (where a.lost and a.asked_ns >= c.since_ns and a.query_reached_server = false) as not_reached,
    count(*) filter (
      where a.state = 'answered' and a.asked_ns >= c.since_ns + if(c.since_ns = 0, 0, work.ns($policy_settle_seconds))
    ) as answered,
    count(*) filter (where a.state = 'answered' and a.asked_ns < c.since_ns) as answered_before,
    min(a.asked_ns) filter (where a.lost and a.asked_ns >= c.since_ns) as from_ns,
    max(a.asked_ns) filter (where a.lost and a.asked_ns >= c.since_ns) as until_ns
  from cut as c
  inner join asked as a on a.client_id = c.client_id
  -- without times nothing is before or after
  where a.timed or c.since_ns = 0
  group by a.client_id
),
beside as (
  select
    count(*) as others_asked,
    count(*) filter (where a.lost) as others_lost
  from asked as a
  cross join (
    select min(from_ns) as from_ns, max(until_ns) as until_ns
    from counted
    where answered = 0 and reached = 0
  ) as span
  where a.asked_ns between span.from_ns and span.until_ns and a.client_id not in (select c.client_id from cut as c)
)
select
  c.*,
  b.others_asked,
  b.others_lost,
  c.lost > 0 and c.answered = 0 and c.reached = 0 and b.others_lost <= $policy_others_share * b.others_asked as hit
from counted as c cross join beside as b
