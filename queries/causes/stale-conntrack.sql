-- ---
-- title: Stale conntrack entry
-- description: >
--   A client that keeps its source port is still led to a server that is gone: conntrack keeps the choice of a flow for
--   as long as packets come, while new ports reach the servers that are there. Confirmed when the server that answered
--   the port before has answered nobody since; likely when which one that was is not seen.
-- kind: fault
-- hits: clients
-- precedence: 18
-- params:
--   named: {default: 3, unit: ports, description: ports that a sentence names, source: "chosen: more make it long"}
-- change:
--   - "Delete the entries on the client's node: conntrack -D -p udp --orig-dst SERVICE --dport 53; the next packet
--       finds a living server."
--   - "Let the program ask from a new port (restart it, or a resolver library that takes a new socket per query);
--       update kube-proxy, which is to clear UDP entries when an endpoint goes."
-- collect:
--   - "conntrack -L -p udp --orig-port-dst 53   # on the client's node: the reply's source is the server that each port
--       is led to"
--   - "kubectl get pods,endpoints,endpointslices -n kube-system -o json > cluster.json"
-- look: [timeouts/unanswered, servers/balance]
-- panels: [unanswered by, queries lost on the way to, no answer seen from]
-- ---

-- --- signs
select
  w.transaction_id,
  -- what is open as the evidence ends may still be answered
  if(w.state = 'unanswered', 'shown', 'fits') as strength,
  format(
    'all that this client asked from port {} was lost, while {} answered others: '
    || 'its flow was still led to a server that is gone',
    l.client_port,
    w.server
  ) as reason
from work.waits as w
inner join work.silent_losses as s on s.transaction_id = w.transaction_id and s.cause = 'stale-conntrack'
inner join work.judged_transactions as l on l.transaction_id = w.transaction_id
where w.state <> 'answered';

-- --- numbers
with accounted as (
  select distinct l.server_id, l.client_id, l.client_port
  from work.silent_losses as s
  inner join work.losses as l on l.transaction_id = s.transaction_id
  where s.cause = 'stale-conntrack'
),
stale as (
  select f.*, c.address as client, n.label as backend
  from work.stale_flows as f
  inner join accounted as a on a.server_id = f.server_id and a.client_id = f.client_id and a.client_port = f.client_port
  inner join work.address_ids as c on c.raw_id = f.client_id
  left join work.address_names as n on n.address_id = f.backend_id
),
told as (
  select
    count(*) as ports,
    count(*) filter (where backend_id is not null) as sure,
    coalesce(sum(lost), 0)::BIGINT as lost,
    coalesce(max(others_answered), 0) as others_answered,
    array_to_string(
      (
        list(
          format('port {} of {}', client_port, client)
          || coalesce(
            ' (since ' || strftime(make_timestamp_ns(coalesce(from_ns, first_lost_ns)), '%Y-%m-%d %H:%M:%S') || ')', ''
          )
          order by not kept, first_lost_ns, client, client_port
        )
      )[:$named],
      ', '
    ) as flows,
    list_sort(
      coalesce(
        list(distinct backend || ' answered it before and has answered nobody since') filter (
          where backend is not null
        ),
        []
      )
    ) as backends
  from stale
),
-- entries that lead to what is no endpoint of the service
endpoints as (
  select v.address as service, o.address, o.phase
  from raw.cluster_objects as o
  inner join raw.cluster_objects as v
    on v.kind = 'Service'
      and v.namespace = o.namespace
      and v.name = case o.kind when 'Endpoints' then o.name when 'EndpointSlice' then o.owner end
  where o.kind in ('Endpoints', 'EndpointSlice') and v.address is not null
),
entries as (
  select count(*) as entries, min(f.reply_src) as leads_to, min(f.src) as of_client
  from raw.conntrack_flows as f
  where f.protocol = 'udp'
    and f.unreplied
    and f.reply_src <> f.dst
    and f.dst in (select e.service from endpoints as e where e.phase = 'ready')
    and (f.dst, f.reply_src) not in (select (e.service, e.address) from endpoints as e where e.address is not null)
),
shared as (
  select count(*) as kept_ports
  from (
    select t.client_id, t.client_port
    from work.judged_transactions as t
    where not t.from_forwarder
    group by t.client_id, t.client_port
    having count(distinct t.qname_id) >= $stale_questions
  ) as p
)
select t.*, n.*, k.kept_ports, e.judged, (select count(*) from work.losses) as losses
from work.evidence as e cross join told as t cross join entries as n cross join shared as k;

-- --- rules
-- led-to-the-dead:
--   when: ports > 0 and sure > 0
--   verdict: confirmed
--   say: "{lost|query was|queries were} lost, all that came from {flows}, while {others_answered|other flow was|other
--     flows were} answered"
-- loses-all:
--   when: ports > 0
--   verdict: likely
--   say: "{lost|query was|queries were} lost, all that came from {flows}, while {others_answered|other flow was|other
--     flows were} answered"
-- entries-lead-nowhere:
--   when: entries > 0
--   verdict: possible
--   say: "conntrack's table leads {entries|flow|flows} without a reply to {leads_to}, which is no endpoint of the
--     service"
-- ports-answered:
--   when: judged > 0 and (kept_ports > 0 or losses = 0)
--   verdict: ruled_out
--   say: "no port lost all that it asked while others were answered"
-- no-port-kept:
--   when: judged > 0
--   verdict: ruled_out
--   say: "no client kept a port from question to question"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "there is neither a capture that shows enough answers nor conntrack's table"

-- --- findings
-- - each: backends
-- - when: entries > 0
--   say: "conntrack's table leads a flow of {of_client} to {leads_to}, which is no endpoint of the service"

-- --- fix
-- - title: Delete the entries that lead to servers that are gone
--   shell: |
--     conntrack -D -p udp --orig-dst {{service}} --dport 53   # on the client's node
--   risk: Queries under way at that moment lose their answers and are asked again after the resolver's own time.
