-- ---
-- title: Dead server behind the service
-- description: >
--   A server fell silent while clients were still sent to it: for good, or until it came back. Confirmed when queries
--   were seen to reach it, when ICMP says that its process is away, or when its silence cannot be chance and the losses
--   are its share of the flows; likely for an address of its own (a NodeLocal cache), where it is not seen how far
--   queries to it came, and where conntrack has no flow to it with a reply while those to others have; possible where
--   sockets lost all that they asked on the way and nothing tells which servers there are, or conntrack shows flows to
--   the service that were led to no server, or a question of dig or of a program was refused, or got no answer while
--   another server answered, or Kubernetes says that a server restarted or failed its probes.
-- kind: fault
-- hits: clients
-- precedence: 20
-- params:
--   events: {default: 3, unit: times, description: restarts and failed probes of a server that it takes to doubt it,
--     source: "chosen: a start has one or two, before the server is ready"}
--   flows: {default: 5, unit: flows,
--     description: "flows to one server without a reply, and to others with one, that conntrack must show",
--     source: "chosen: an entry without a reply lives 30 s, and a question that waits for an upstream has one"}
--   named: {default: 3, unit: clients, description: clients that a sentence names, source: "chosen: more make it long"}
--   least: {default: 3, unit: sockets, description: sockets that lost all their queries that it takes to doubt,
--     source: "chosen: one or two sockets lose both halves by chance"}
-- change:
--   - {when: caches > 0,
--       say: "Find out why the node's cache ended: kubectl describe and logs --previous of its pod on that node
--         (OOMKilled, a failed liveness probe, an upgrade)."}
--   - {when: caches > 0,
--       say: "Give pods a second nameserver beside the node's cache (the DNS service's address), or have it own the
--         service's address too, so that lookups outlive it."}
--   - {when: nowhere > 0,
--       say: "Look at kube-proxy's rules and conntrack on the nodes of the clients: they lead to an address that no pod
--         has."}
--   - {when: dead = 0 or dead > caches + nowhere,
--       say: "Take the pod out of the service: kubectl delete pod, or fix its readiness probe (CoreDNS's ready plugin)
--         so that endpoints follow its health."}
--   - {when: dead = 0 or dead > caches + nowhere,
--       say: "Look at kube-proxy on the node: stale rules keep sending to an address that is gone."}
--   - {when: dead = 0 or dead > caches + nowhere,
--       say: "Find out why it ended: kubectl describe pod (OOMKilled, a failed liveness probe), kubectl logs
--         --previous."}
-- collect:
--   - "kubectl get pods,endpoints,endpointslices -n kube-system -o json > cluster.json"
--   - "tcpdump -i any -w node.pcap port 53 or icmp or icmp6   # on the node"
--   - "kubectl logs -n kube-system -l k8s-app=kube-dns --timestamps --prefix --tail=-1 > coredns.log   # has each start
--       of a server"
-- look: [servers/balance, timeouts/unanswered]
-- panels: [unanswered by, no answer seen from]
-- roots:
--   - {cause: overlay-checksum, when: dead > 0 and sure = 0 and overlay_dropped > 0}
-- ---

-- --- signs
select
  w.transaction_id,
  -- what is open as the evidence ends may still be answered
  if(w.state = 'unanswered', 'shown', 'fits') as strength,
  case
    when i.error is not null
      then 'it went to '
        || w.server
        || ', and '
        || s.address
        || ' refused it by ICMP ('
        || i.error
        || '): no process listened there'
    when s.address = w.server then 'it went to ' || w.server || ' while that answered nothing'
    else 'it went to ' || w.server || ' when ' || s.address || ', one of the servers behind that, answered nothing'
  end as reason
from work.waits as w
inner join work.silent_losses as s on s.transaction_id = w.transaction_id and s.cause = 'dead-backend'
left join work.icmp_ends as i on i.transaction_id = w.transaction_id and not i.of_response
where w.state <> 'answered';

-- --- numbers
with told as (
  select
    d.*,
    c.server_id is not null as is_cache,
    -- the cluster's objects name other servers behind the address, and not this one
    d.address not in (select o.address from raw.cluster_objects as o where o.address is not null)
    and d.server_id in (
      select m.server_id
      from work.service_members as m
      inner join raw.cluster_objects as o on o.address = m.address
      where o.kind in ('Pod', 'Endpoints', 'EndpointSlice')
    )
    as is_nowhere,
    case when is_cache then 'the NodeLocal cache ' || d.address else coalesce(n.label, d.address) end as label,
    strftime(make_timestamp_ns(d.from_ns), '%Y-%m-%d %H:%M:%S') as since,
    case when d.from_ns is null then strftime(make_timestamp_ns(d.until_ns), '%Y-%m-%d ') else '' end
    || strftime(make_timestamp_ns(d.until_ns), '%H:%M:%S') as again,
    d.refused > 0
    or d.reached >= $silent_flows
    or d.left_out and d.led_nowhere > 0
    or d.asked_itself and d.started_at is not null as sure
  from work.dead_backends as d
  left join work.address_names as n on n.address = d.address
  left join work.node_caches as c on c.address = d.address and d.asked_itself
),
dead as (
  select
    count(*) as dead,
    count(*) filter (where sure) as sure,
    count(*) filter (where is_cache) as caches,
    count(*) filter (where is_nowhere and not is_cache) as nowhere,
    coalesce(
      list(distinct address order by address) filter (where until_ns is null and not is_cache and not is_nowhere), []
    ) as dead_addresses,
    coalesce(
      list(distinct 'no pod or endpoint in the cluster''s objects has the address ' || address) filter (
        where is_nowhere and not is_cache
      ),
      []
    ) as not_there,
    string_agg(
      label
      || case
        when from_ns is null and until_ns is null then ' answered nothing'
        when from_ns is null then ' answered nothing until ' || again
        when until_ns is null then ' has answered nothing since ' || since
        else ' answered nothing from ' || since || ' to ' || again
      end
      || '; '
      || work.counted(lost, 'query was', 'queries were')
      || case when until_ns is null and from_ns is not null then ' lost since then' else ' lost' end
      || case
        when answered_by_others > 0
          then ', while ' || work.counted(answered_by_others, 'was', 'were') || ' answered by the others' else ''
      end,
      '; '
      order by from_ns, address
    ) as story,
    coalesce(
      list(format('1 of {} servers behind the address is silent', others + 1) order by from_ns, address) filter (
        where others > 0
      ),
      []
    ) as of_servers,
    coalesce(
      list(
        case
          when refused > 0
            then label
              || ' refused '
              || work.counted(refused, 'query', 'queries')
              || ' by ICMP (port unreachable): its process was away while its address stood'
          when started_at is not null
            then 'a log has a server''s process start at '
              || strftime(started_at, '%H:%M:%S')
              || ', as this silence ended: it had been away'
          when reached > 0
            then work.counted(reached, 'query was', 'queries were') || ' seen to reach ' || label
          when not asked_itself and addressed_flows > 0
            then
              'how far queries to ' || label || ' came this evidence does not show: a broken way to it looks the same'
        end
        order by from_ns, address
      ) filter (where refused > 0 or started_at is not null or reached > 0 or not asked_itself and addressed_flows > 0),
      []
    ) as shown_by
  from told
),
lost as (
  select count(*) as losses, count(*) filter (where query_reached_server is null) as unclear
  from work.losses
  where transaction_id not in (select s.transaction_id from work.silent_losses as s)
),
-- servers that a service is said to have, none of whose answers is seen though others' are
never_seen as (
  select
    count(*) as never_answered,
    coalesce(work.some_of(list(coalesce(n.label, m.address) order by m.address)), '') as never_answered_names
  from work.service_members as m
  left join work.address_names as n on n.address = m.address
  where m.server_id in (select l.server_id from work.losses as l where l.query_reached_server is not true)
    and m.server_id in (
      select t.server_id
      from work.judged_transactions as t
      where t.answer_first_src_id <> t.server_id
    )
    and m.backend_id is distinct from m.server_id
    and not exists (
      from work.judged_transactions as t
      where
        t.server_id = m.server_id and (t.answer_first_src_id = m.backend_id or t.in_log and t.backend_id = m.backend_id)
    )
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
),
-- of -E the lines of one flow are one
flows as (
  select src, src_port, dst, reply_src, bool_and(unreplied) as unreplied
  from raw.conntrack_flows
  where protocol = 'udp' and reply_src <> dst
  group by src, src_port, dst, reply_src
),
backends as (
  select
    dst, reply_src, count(*) filter (where unreplied) as unreplied, count(*) filter (where not unreplied) as replied
  from flows
  group by dst, reply_src
),
tracked as (
  select
    count(*) as silent_backends,
    coalesce(max_by(reply_src, unreplied), '') as silent_backend,
    coalesce(max(unreplied), 0)::BIGINT as unreplied,
    coalesce(max_by(elsewhere, unreplied), 0)::BIGINT as replied_elsewhere
  from (
    select *, sum(replied) over (partition by dst) as elsewhere
    from backends
  ) as b
  where replied = 0 and unreplied >= $flows and elsewhere >= $flows
),
kubernetes as (
  select coalesce(max(times), 0)::BIGINT as unready, coalesce(max_by(story, (times, story)), '') as unready_story
  from (
    -- files that were made one after the other tell of the same ones again
    select
      source_id,
      if(
        event = 'server-restarted',
        upstream || ' restarted' || coalesce(' (' || nullif(reason, 'restarted') || ')', ''),
        format('{} of {}', reason, upstream)
      ) as story,
      sum(count) as times
    from raw.log_events
    where event = 'server-restarted'
      or event = 'kubernetes-event' and reason in ('Unhealthy', 'BackOff', 'NodeNotReady', 'Evicted')
    group by 1, 2
  ) as e
),
-- a flow to an address that others are translated at: no rule led it to a server
untranslated as (
  select count(*) as untranslated, coalesce(list(distinct f.src order by f.src), []) as clients, min(f.dst) as service
  from raw.conntrack_flows as f
  where f.unreplied
    and f.reply_src = f.dst
    and f.dst_port in (
      select p.reply_src_port from raw.conntrack_flows as p where p.dst = f.dst and p.reply_src <> p.dst
    )
)
select
  dead.*,
  lost.losses,
  lost.unclear,
  whole.sockets,
  never_seen.never_answered,
  never_seen.never_answered_names,
  untranslated.untranslated,
  array_to_string(untranslated.clients[:$named], ', ') as untranslated_clients,
  untranslated.service,
  probe_facts.probes_refused,
  probe_facts.probes_refused_by,
  probe_facts.silent_servers,
  probe_facts.silent_server,
  probe_facts.silent_lost,
  tracked.silent_backends,
  tracked.silent_backend,
  tracked.unreplied,
  tracked.replied_elsewhere,
  kubernetes.unready,
  kubernetes.unready_story,
  -- what makes servers on other nodes look silent
  (select coalesce(sum(o.packets), 0)::BIGINT from work.overlay_drops as o where o.of_overlay) as overlay_dropped,
  evidence.behind_service,
  evidence.judged
from work.evidence
cross join dead
cross join lost
cross join whole
cross join never_seen
cross join untranslated
cross join work.probe_facts
cross join kubernetes
cross join tracked;

-- --- rules
-- fell-silent:
--   when: dead > 0 and sure > 0
--   verdict: confirmed
--   say: "{story}"
-- answers-nothing:
--   when: dead > 0
--   verdict: likely
--   say: "{story}"
-- flows-without-a-reply:
--   when: silent_backends > 0 and behind_service = 0
--   verdict: likely
--   say: "conntrack's table has {unreplied|flow|flows} to {silent_backend}, none of them with a reply, while
--     {replied_elsewhere|flow|flows} to other servers of the service {replied_elsewhere?has|have} one"
-- server-not-seen:
--   when: unclear > 0
--   verdict: possible
--   say: "{unclear|query got no answer; this evidence does not show which server it was|queries got no answer; this
--     evidence does not show which server they were} sent to"
-- sockets-lost-whole:
--   when: sockets >= $least
--   verdict: possible
--   say: "{sockets|socket|sockets} lost all that they asked on its way, as where their server is gone; this evidence
--     does not say which servers the service has, or all of those answered"
-- flows-led-nowhere:
--   when: untranslated > 0
--   verdict: possible
--   say: "{untranslated|flow|flows} to {service} ({untranslated_clients}) {untranslated?stands|stand} in conntrack's
--     table without a reply and without translation, as where no rule leads to a server"
-- refused-by-hand:
--   when: probes_refused > 0
--   verdict: possible
--   say: "{probes_refused|question|questions} of tools or programs {probes_refused?was|were} refused by
--     {probes_refused_by}: nothing listened there then"
-- silent-by-hand:
--   when: silent_servers > 0
--   verdict: possible
--   say: "{silent_server} answered none of {silent_lost|question|questions} of tools or programs, while another server
--     answered"
-- kubernetes-says-so:
--   when: unready >= $events and judged = 0
--   verdict: possible
--   say: "Kubernetes tells of trouble with a server: {unready_story}, {unready|time|times}; whether queries were lost
--     by it this evidence does not show"
-- one-never-seen:
--   when: losses > 0 and never_answered > 0
--   verdict: possible
--   say: "{losses|query was|queries were} lost, and of {never_answered_names} behind the address no answer is seen;
--     they are too few to tell a server that is gone from one that was not asked"
-- all-went-on:
--   when: behind_service > 0
--   verdict: ruled_out
--   say: "every server behind the service address went on answering"
-- all-answered:
--   when: judged > 0 and losses = 0
--   verdict: ruled_out
--   say: "every query whose end this evidence shows was answered"
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
-- - each: not_there
-- - each: shown_by

-- --- fix
-- - title: Replace the server that is silent
--   each: dead_addresses
--   shell: |
--     kubectl get pods -A -o wide --field-selector status.podIP={{item}}
--     kubectl -n {{service_namespace}} describe pods --field-selector status.podIP={{item}}   # why it is silent, before it is gone
--     kubectl -n {{service_namespace}} delete pod --field-selector status.podIP={{item}}
--   risk: Its last state is lost with it, so save what describe says; with no other server ready, lookups fail until
--     the new one is.
