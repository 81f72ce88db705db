-- ---
-- title: No ready server behind the service
-- description: >
--   The DNS service had no server to send queries to: scaled to none, all replaced at once, or none ready. Confirmed
--   when kubectl's objects say so, or when nobody answered for a time, other servers answered after it than before it,
--   and queries met no server or were refused by the node itself (ICMP); likely when one of these alone shows it, or
--   the kernel's log says that IPVS had no server for it.
-- kind: fault
-- hits: clients
-- precedence: 14
-- change:
--   - "Keep a server ready: at least 2 replicas, a PodDisruptionBudget, maxUnavailable: 0 (or 25 %), anti-affinity over
--       nodes."
--   - "Look at who scaled it: kubectl rollout history, the DNS autoscaler."
--   - "Look at why pods are not ready: kubectl describe pod, CoreDNS's ready plugin, which waits for the control
--       plane."
-- collect:
--   - "kubectl get pods,svc,endpoints,endpointslices -n kube-system -o json > cluster.json"
--   - "kubectl get events -n kube-system --sort-by=.lastTimestamp"
--   - "tcpdump -i any -w NODE.pcap port 53 or icmp or icmp6   # on the nodes of the clients"
-- look: [timeouts/unanswered, servers/balance]
-- panels: [unanswered by, queries lost on the way to, no answer seen from]
-- ---

-- --- signs
select
  w.transaction_id,
  -- what is open as the evidence ends may still be answered
  if(w.state = 'unanswered', 'shown', 'fits') as strength,
  case
    when i.error is not null and w.backend_id is null
      then 'the node refused it by ICMP (' || i.error || '): ' || w.server || ' had no server'
    else 'it went to ' || w.server || ' when no server stood behind that'
  end as reason
from work.waits as w
inner join work.silent_losses as s on s.transaction_id = w.transaction_id and s.cause = 'no-ready-server'
left join work.icmp_ends as i on i.transaction_id = w.transaction_id
where w.state <> 'answered';

-- --- numbers
with empty as (
  select
    count(*) as times,
    count(*) filter (where replaced::INTEGER + (refused_before > 0)::INTEGER + (led_nowhere > 0)::INTEGER > 1) as sure,
    coalesce(sum(lost), 0)::BIGINT as lost,
    coalesce(sum(refused_before), 0)::BIGINT as refused,
    coalesce(sum(led_nowhere), 0)::BIGINT as led_nowhere,
    count(*) filter (where replaced) as replaced,
    string_agg(
      coalesce(n.label, a.address)
      || ' had no server'
      || case
        when e.from_ns is null and e.until_ns is null then ''
        when e.from_ns is null then strftime(make_timestamp_ns(e.until_ns), ' until %Y-%m-%d %H:%M:%S')
        when e.until_ns is null then strftime(make_timestamp_ns(e.from_ns), ' from %Y-%m-%d %H:%M:%S on')
        else strftime(make_timestamp_ns(e.from_ns), ' from %Y-%m-%d %H:%M:%S')
          || strftime(make_timestamp_ns(e.until_ns), ' to %H:%M:%S')
      end
      || '; '
      || work.counted(e.lost, 'query was', 'queries were')
      || ' lost',
      '; '
      order by e.from_ns
    ) as story
  from work.empty_services as e
  inner join work.address_ids as a on a.raw_id = e.server_id
  left join work.address_names as n on n.address = a.address
),
lost as (
  select count(*) as losses from work.losses
),
kernel as (
  select
    coalesce(sum(count), 0)::BIGINT as kernel_lines,
    work.some_of(list(distinct upstream order by upstream)) as kernel_address
  from raw.log_events
  where event = 'kernel-no-destination'
),
-- of a capture that shows no answers no query is judged, but the node's word stands
icmp as (
  select count(*) as refusals, work.some_of(list(distinct a.address order by a.address)) as refused_at
  from raw.icmp_errors as i
  inner join work.address_ids as a on a.raw_id = i.quoted_dst_id
  inner join raw.codes as k on k.registry = 'icmp' and k.code = work.icmp_code(i.version, i.type, i.code)
  where not i.of_response and k.mnemonic = 'port unreachable'
)
select
  empty.*,
  icmp.refusals,
  icmp.refused_at,
  lost.losses,
  evidence.judged,
  evidence.behind_service,
  (select count(*) from work.unready_services) as unready,
  (select min(u.story) from work.unready_services as u) as unready_story,
  kernel.kernel_lines,
  kernel.kernel_address
from work.evidence cross join empty cross join lost cross join kernel cross join icmp;

-- --- rules
-- none-there:
--   when: times > 0 and sure > 0
--   verdict: confirmed
--   say: "{story}"
-- none-ready:
--   when: unready > 0
--   verdict: confirmed
--   say: "{unready_story}"
-- none-answered:
--   when: times > 0
--   verdict: likely
--   say: "{story}"
-- kernel-found-none:
--   when: kernel_lines > 0
--   verdict: likely
--   say: "the kernel's log says {kernel_lines|time|times} that IPVS had no destination for {kernel_address}: the
--     service had no server there then"
-- refused-by-icmp:
--   when: judged = 0 and refusals > 0
--   verdict: possible
--   say: "{refusals|ICMP error says|ICMP errors say} that nobody listens on the DNS port of {refused_at}: no server
--     stood behind it, or its process was away; this evidence shows no answers by which to tell since when"
-- always-one:
--   when: judged > 0 and (behind_service > 0 or losses = 0)
--   verdict: ruled_out
--   say: "a server answered whenever the service was asked"
-- servers-not-seen:
--   when: judged > 0
--   verdict: no_evidence
--   say: "no capture shows whether a server stood behind the address that clients ask"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "there is neither a capture that shows enough answers nor the cluster's endpoints"

-- --- findings
-- - when: refused > 0
--   say: "{refused|query was|queries were} refused by a node itself with an ICMP error, as kube-proxy does for a
--     service without endpoints"
-- - when: led_nowhere > 0
--   say: "{led_nowhere|query was|queries were} led to no server, though others just before and after
--     {led_nowhere?it|them} were"
-- - when: replaced > 0
--   say: "the servers that answered after it are others than those before it"
-- - when: times > 0 and unready > 0
--   say: "{unready_story}"

-- --- fix
-- - title: Have two servers ready always
--   shell: |
--     kubectl -n {{service_namespace}} scale deployment {{dns_deployment}} --replicas={{replicas_wanted}}
--     kubectl -n {{service_namespace}} create poddisruptionbudget {{dns_deployment}} --selector=k8s-app=kube-dns --min-available=1
--     kubectl -n {{service_namespace}} patch deployment {{dns_deployment}} --type merge -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":0,"maxSurge":1}}}}'
--   risk: A DNS autoscaler, the cluster's add-on manager or Helm may set the replicas back; a budget can hold up the
--     draining of nodes.
