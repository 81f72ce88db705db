-- ---
-- title: Dead server behind the service
-- description: >
--   A server behind the DNS service address fell silent while the service still sent it flows. Confirmed when its silence cannot be chance
--   and the losses are what its share of the flows would be; possible where sockets lost all that they asked on the way and nothing tells which servers there are.
-- kind: fault
-- precedence: 20
-- params:
--   least: {default: 3, unit: sockets, description: sockets that lost all their queries that it takes to doubt, source: "chosen: one or two sockets lose both halves by chance"}
-- change:
--   - "Take the pod out of the service: kubectl delete pod, or fix its readiness probe (CoreDNS's ready plugin) so that endpoints follow its health."
--   - "Look at kube-proxy on the node: stale rules keep sending to an address that is gone."
-- collect:
--   - "kubectl get pods,endpoints,endpointslices -n kube-system -o json > cluster.json"
--   - "tcpdump -i any -w node.pcap port 53   # on the node"
-- look: [servers/balance, timeouts/unanswered]
-- ---

-- --- signs
select
  w.transaction_id,
  'shown' as strength,
  'it went to ' || w.server || ' when one of the servers behind that had fallen silent, and was not answered' as reason
from work.waits as w
where w.state = 'unanswered'
  and exists (
    select 1 from work.dead_backends as d
    where d.server_id = w.server_id
      and w.asked_ns > d.since_ns - work.ns($dying_seconds)
      and (w.query_reached_server is not true or w.backend_id = d.backend_id)
  );

-- --- numbers
with dead as (
  select
    count(*) as dead,
    string_agg(
      format(
        '{} has answered nothing since {}; {} lost since then, while {} answered by the others',
        coalesce(n.label, d.address), strftime(make_timestamp_ns(d.since_ns), '%Y-%m-%d %H:%M:%S'),
        work.counted(d.lost_since, 'query was', 'queries were'), work.counted(d.answered_by_others, 'was', 'were')
      ),
      '; '
    ) as story,
    coalesce(list(format('1 of {} servers behind the address is silent', d.backends)), []) as of_servers
  from work.dead_backends as d
  left join work.address_names as n on n.address = d.address
),
lost as (
  select count(*) as losses, count(*) filter (where query_reached_server is null) as unclear from work.losses
),
-- a socket is one flow, which goes to one server: all that is asked on it is lost where that one is gone
whole as (
  select count(*) as sockets
  from (
    select l.client_id, l.client_port
    from work.race_losses as l
    inner join work.client_transactions as t on t.client_id = l.client_id and t.client_port = l.client_port
    where l.query_reached_server = false and l.backend_id is null
    group by l.client_id, l.client_port
    having count(distinct t.transaction_id) > 1 and bool_and(t.state = 'unanswered')
  ) as s
)
select d.*, l.losses, l.unclear, w.sockets, e.behind_service, e.judged
from work.evidence as e cross join dead as d cross join lost as l cross join whole as w;

-- --- rules
-- fell-silent:
--   when: dead > 0
--   verdict: confirmed
--   say: "{story}"
-- server-not-seen:
--   when: unclear > 0
--   verdict: possible
--   say: "{unclear|query got no answer; this evidence does not show which server it was|queries got no answer; this evidence does not show which server they were} sent to"
-- sockets-lost-whole:
--   when: sockets >= $least
--   verdict: possible
--   say: "{sockets|socket|sockets} lost all that they asked on its way, as where their server is gone; this evidence does not say which servers the service has, or all of those answered"
-- all-went-on:
--   when: behind_service > 0
--   verdict: ruled_out
--   say: "every server behind the service address went on answering"
-- all-answered:
--   when: judged > 0 and losses = 0
--   verdict: ruled_out
--   say: "every query was answered"
-- servers-not-seen:
--   when: judged > 0
--   verdict: no_evidence
--   say: "no capture shows which servers stand behind the address that clients ask"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no capture shows which servers answer"

-- --- findings
-- - each: of_servers
