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
  t.* exclude (query_reached_server, response_left_server),
  case
    when l.transaction_id is not null then true
    when g.name_id is not null then null
    when s.each_logged
      and coalesce(t.asked_ns between s.from_ns and s.until_ns - coalesce(c.wait_ns, work.ns($log_wait_seconds)), true)
      then false
    when t.asked_ns between s.joint_from_ns and s.joint_until_ns - coalesce(c.wait_ns, work.ns($log_wait_seconds))
      then false
  end as in_log,
  case
    when l.transaction_id is not null then true
    when not i.of_response and i.from_id is distinct from t.backend_id and t.answer_src_id is null then false
    -- a server that answers others late may have dropped it before it had a line
    else coalesce(t.query_reached_server, if(b.server_id is not null and not in_log, null, in_log))
  end as query_reached_server,
  t.response_left_server,
  t.client_id in (select f.address_id from work.forwarders as f) as from_forwarder
from work.wire_transactions as t
left join work.logged_transactions as l on l.transaction_id = t.transaction_id
left join work.server_logs as s on s.server_id = t.server_id
left join work.log_gaps as g on g.name_id = t.qname_id
left join work.icmp_ends as i on i.transaction_id = t.transaction_id
-- a line is written when a query has its answer: at once for names of the cluster, for others after what the upstream
-- takes
left join (
  select distinct server_id, asked_ns // work.ns($wait_seconds) + unnest([-1, 0, 1]) as spell
  from work.late_but_quick
) as b on b.server_id = t.server_id and b.spell = t.asked_ns // work.ns($wait_seconds)
left join (select raw_id, 0 as wait_ns from work.cluster_names) as c on c.raw_id = t.qname_id
