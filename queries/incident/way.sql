-- ---
-- title: The way of the queries
-- description: >
--   One row per place that queries went from and place that they went to, as far as the evidence has seen it: how many
--   were sent that way, how many of them were lost before they arrived, lost on the way back, left without an answer,
--   or answered late. Of a query that a service passed on there is a row to the service and one on to the server behind
--   it.
-- kind: table
-- requires: [transactions]
-- params:
--   late_seconds: {type: number, default: 1, description: from when on an answer is late; seconds}
-- narrow: [from_role, to_role, queries, answered, lost, replies_lost]
-- columns:
--   from_role: programs, node, nodelocal, service, coredns, upstream or server
--   from_name: name of the pod, service or node, else its address; of programs their node, null where that is not known
--   to_role: as from_role
--   to_name: as from_name
--   queries: queries sent this way, retries counted
--   answered: of these, answered ones
--   lost: of these, those that did not arrive
--   replies_lost: of these, those whose answer left the server and did not arrive
--   silent: of these, those that arrived and were not answered
--   unseen: of these, those that got no answer as far as is seen, but where they were lost is not seen
--   late: of these, those that were answered late
--   lost_at: where most of the lost ones were lost, queries or answers; null where that is not known
-- ---
with sent as (
  select
    case
      when transactions.from_forwarder then coalesce(servers.role, 'server')
      else 'programs'
    end as from_role,
    case when transactions.from_forwarder then coalesce(servers.name, transactions.client) else clients.node end
      as from_name,
    coalesce(to_server.role, 'server') as to_role,
    coalesce(to_server.name, transactions.server) as to_name,
    case when transactions.backend <> transactions.server then coalesce(behind.role, 'coredns') end as behind_role,
    case when transactions.backend <> transactions.server then coalesce(behind.name, transactions.backend) end
      as behind_name,
    transactions.state,
    transactions.query_reached_server,
    transactions.response_left_server,
    transactions.response_seconds,
    transactions.lost_at
  from narrowed.transactions
  left join clients on clients.client = transactions.client
  left join servers on servers.server = transactions.client
  left join servers as to_server on to_server.server = transactions.server
  left join servers as behind on behind.server = transactions.backend
),
-- what a query came to; on its way to a server behind a service, that is said of the last stretch
judged as (
  select
    *,
    state = 'answered' as is_answered,
    state = 'unanswered' and coalesce(response_left_server, false) as is_reply_lost,
    state = 'unanswered' and not coalesce(response_left_server, false) and not query_reached_server as is_lost,
    state = 'unanswered' and not coalesce(response_left_server, false) and query_reached_server as is_silent,
    state = 'unknown'
    or state = 'unanswered' and not coalesce(response_left_server, false) and query_reached_server is null as is_unseen
  from sent
),
stretches as (
  select
    from_role,
    from_name,
    to_role,
    to_name,
    behind_role is null as is_last,
    is_answered,
    is_lost,
    is_reply_lost,
    is_silent,
    is_unseen,
    response_seconds,
    lost_at
  from judged
  union all
  select
    to_role,
    to_name,
    behind_role,
    behind_name,
    true,
    is_answered,
    is_lost,
    is_reply_lost,
    is_silent,
    is_unseen,
    response_seconds,
    lost_at
  from judged
  where behind_role is not null
)
select
  from_role,
  from_name,
  to_role,
  to_name,
  count(*) as queries,
  count(*) filter (where is_answered) as answered,
  count(*) filter (where is_last and is_lost) as lost,
  count(*) filter (where is_last and is_reply_lost) as replies_lost,
  count(*) filter (where is_last and is_silent) as silent,
  count(*) filter (where is_last and is_unseen) as unseen,
  count(*) filter (where is_last and response_seconds >= $late_seconds::double) as late,
  max_by(lost_at, losses) as lost_at
from (
  select
    s.*,
    sum(case when is_last and (is_lost or is_reply_lost) then 1 else 0 end)
      over (partition by from_role, from_name, to_role, to_name, lost_at)
      as losses
  from stretches as s
) as counted
group by from_role, from_name, to_role, to_name
order by queries desc, from_role, from_name, to_role, to_name
