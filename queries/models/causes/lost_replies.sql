-- ---
-- title: Replies lost on the way back
-- description: >
--   One row; whether a server answered and the client never saw it. Confirmed when the reply was seen leaving the server, or stands in its log, and not on
--   the client's leg; possible when answers are missing and this evidence does not show the server's side.
-- kind: fault
-- from: [work.evidence, work.losses, work.dead_backends]
-- params:
--   least: {default: 3, description: lost replies that it takes}
-- change:
--   - "Look at what stands between server and client on this node: network policies, nftables/iptables rules, rp_filter, MTU, an overlay's queue."
-- collect:
--   - "tcpdump -i any -w NODE.pcap port 53   # on the client's node and on the server's"
--   - "kubectl logs -n kube-system -l k8s-app=kube-dns --timestamps --prefix > coredns.log   # with the log plugin on"
-- look: [timeouts/unanswered, evidence/legs]
-- ---
with lost as (
  select
    count(*) filter (where response_left_server) as left_server,
    count(*) filter (where response_left_server is null and in_log) as in_log_only,
    count(*) filter (where query_reached_server is null) as unclear
  from work.losses as l
  -- what was on its way as its server died went with that
  where not exists (
    select 1 from work.dead_backends as d
    where d.server_id = l.server_id and d.backend_id = l.backend_id and l.asked_ns > d.since_ns - 1000000000
  )
)
select
  case
    when left_server + in_log_only >= $least then 'confirmed'
    when left_server + in_log_only > 0 then 'likely'
    when unclear > 0 then 'possible'
    when judged > 0 and (reach_known > 0 or (select count(*) from work.losses) = 0) then 'ruled_out'
    else 'no_evidence'
  end as verdict,
  case
    when left_server > 0 then work.counted(left_server, 'reply', 'replies') || ' left the server and never reached the client'
    when in_log_only > 0 then work.counted(in_log_only, 'query is in a server''s log with its', 'queries are in a server''s log with their') || ' answer, and no answer reached the client'
    when unclear > 0 then work.counted(unclear, 'query', 'queries') || ' got no answer; this evidence does not show whether the server replied'
    when judged > 0 then 'every reply that left a server reached its client'
    else 'no capture shows answers'
  end as summary,
  []::VARCHAR[] as findings
from work.evidence cross join lost
