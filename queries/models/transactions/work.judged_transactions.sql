-- ---
-- title: Transactions as wire and logs show them
-- description: >
--   One row per query a client sent once. What the wire leaves open the logs may close: a matching line proves that the
--   query reached a server; no line, where the logs of all servers behind the address have nearly all answered ones,
--   went on for as long as a server may take for it, and the Corefile logs the name in full, that it did not. So does
--   an ICMP error of another than the server.
-- from: [work.wire_transactions, work.logged_transactions, work.server_logs, work.icmp_ends, work.forwarders,
--   work.log_gaps, work.cluster_names, work.late_but_quick]
-- materialized: view
-- key: [transaction_id]
-- ---
select
  transactions.* exclude (query_reached_server, response_left_server),
  case
    when logged_transactions.transaction_id is not null then true
    when log_gaps.name_id is not null then null
    when server_logs.each_logged
      and coalesce(
        transactions.asked_ns between server_logs.from_ns
        and server_logs.until_ns - coalesce(quick_names.wait_ns, work.ns($log_wait_seconds)),
        true
      )
      then false
    when transactions.asked_ns between server_logs.joint_from_ns
      and server_logs.joint_until_ns - coalesce(quick_names.wait_ns, work.ns($log_wait_seconds))
      then false
  end as in_log,
  case
    when logged_transactions.transaction_id is not null then true
    when not icmp_ends.of_response
      and icmp_ends.from_id is distinct from transactions.backend_id
      and transactions.answer_src_id is null
      then false
    -- a server that answers others late may have dropped it before it had a line
    else coalesce(transactions.query_reached_server, if(busy.server_id is not null and not in_log, null, in_log))
  end as query_reached_server,
  transactions.response_left_server,
  transactions.client_id in (select f.address_id from work.forwarders as f) as from_forwarder
from work.wire_transactions as transactions
left join work.logged_transactions on logged_transactions.transaction_id = transactions.transaction_id
left join work.server_logs on server_logs.server_id = transactions.server_id
left join work.log_gaps on log_gaps.name_id = transactions.qname_id
left join work.icmp_ends on icmp_ends.transaction_id = transactions.transaction_id
-- a line is written when a query has its answer: at once for names of the cluster, for others after what the upstream
-- takes
left join (
  select distinct server_id, asked_ns // work.ns($wait_seconds) + unnest([-1, 0, 1]) as spell
  from work.late_but_quick
) as busy on busy.server_id = transactions.server_id and busy.spell = transactions.asked_ns // work.ns($wait_seconds)
left join (select raw_id, 0 as wait_ns from work.cluster_names) as quick_names
  on quick_names.raw_id = transactions.qname_id
