-- ---
-- title: Dead server behind the service
-- description: >
--   One row; whether a server behind the DNS service address fell silent while the service still sent it flows. Confirmed when its silence cannot be chance
--   and the losses are what its share of the flows would be; possible where sockets lost all that they asked on the way and nothing tells which servers there are.
-- kind: fault
-- params:
--   least: {default: 3, description: sockets that lost all their queries that it takes to doubt}
-- from: [work.evidence, work.dead_backends, work.address_names, work.losses, work.race_losses, work.client_transactions]
-- change:
--   - "Take the pod out of the service: kubectl delete pod, or fix its readiness probe (CoreDNS's ready plugin) so that endpoints follow its health."
--   - "Look at kube-proxy on the node: stale rules keep sending to an address that is gone."
-- collect:
--   - "kubectl get pods,endpoints,endpointslices -n kube-system -o json > cluster.json"
--   - "tcpdump -i any -w node.pcap port 53   # on the node"
-- look: [servers/balance, timeouts/unanswered]
-- ---
with dead as (
  select d.*, coalesce(n.label, d.address) as label
  from work.dead_backends as d
  left join work.address_names as n on n.address = d.address
),
lost as (
  select count(*) filter (where query_reached_server is null) as unclear from work.losses
),
-- a socket is one flow, which goes to one server: all that is asked on it is lost where that one is gone
sockets as (
  select l.client_id, l.client_port
  from work.race_losses as l
  inner join work.client_transactions as t on t.client_id = l.client_id and t.client_port = l.client_port
  where l.query_reached_server = false and l.backend_id is null
  group by l.client_id, l.client_port
  having count(distinct t.transaction_id) > 1 and bool_and(t.state = 'unanswered')
),
whole as (
  select count(*) as sockets from sockets
)
select
  case
    when (select count(*) from dead) > 0 then 'confirmed'
    when l.unclear > 0 or w.sockets >= $least then 'possible'
    when e.behind_service > 0 then 'ruled_out'
    when e.judged > 0 and l.unclear = 0 and (select count(*) from work.losses) = 0 then 'ruled_out'
    else 'no_evidence'
  end as verdict,
  case
    when (select count(*) from dead) > 0 then (
      select string_agg(
        format('{} has answered nothing since {}; {} lost since then, while {} answered by the others',
          label, strftime(make_timestamp_ns(since_ns), '%Y-%m-%d %H:%M:%S'), work.counted(lost_since, 'query was', 'queries were'), work.counted(answered_by_others, 'was', 'were')), '; ')
      from dead
    )
    when l.unclear > 0 then work.counted(l.unclear, 'query got no answer; this evidence does not show which server it was', 'queries got no answer; this evidence does not show which server they were') || ' sent to'
    when w.sockets >= $least
      then format('{} sockets lost all that they asked on its way, as where their server is gone; this evidence does not say which servers the service has, or all of those answered', w.sockets)
    when e.behind_service > 0 then 'every server behind the service address went on answering'
    when e.judged > 0 then 'every query was answered'
    else 'no capture shows which servers answer'
  end as summary,
  (select coalesce(list(format('1 of {} servers behind the address is silent', backends)), []) from dead) as findings
from work.evidence as e
cross join lost as l
cross join whole as w
