-- ---
-- title: Queries go round in a loop
-- description: >
--   A server forwards to itself, or to one that asks it again. Confirmed when its loop plugin ended it, when its log
--   names queries of an address to itself, or when packets show queries that come back. The loop plugin's own query at
--   the start (HINFO of two random numbers) is told apart.
-- kind: fault
-- hits: names
-- precedence: 45
-- params:
--   least: {default: 3, unit: queries, description: queries that came back that it takes,
--     source: "chosen: one or two may be two programs that ask at once"}
-- change:
--   - "Give forward the addresses of real upstreams in place of /etc/resolv.conf where that names the server itself or
--       127.0.0.53."
--   - "kubelet's --resolv-conf can name another file, such as /run/systemd/resolve/resolv.conf."
--   - "Look what the address that is asked leads to: a cache must forward to another address than those that it listens
--       on or that its node's rules turn to it."
-- collect:
--   - "kubectl describe cm coredns -n kube-system; kubectl exec COREDNS_POD -n kube-system -- cat /etc/resolv.conf"
--   - "kubectl logs -n kube-system -l k8s-app=kube-dns --tail=-1 --previous --timestamps
--       --prefix > coredns-before.log   # of the server that ended"
-- look: [servers/errors, servers/upstreams]
-- panels: [most packets in a second to upstreams, SERVFAIL from]
-- ---

-- --- signs
select
  w.transaction_id,
  'shown' as strength,
  'its server asked itself, or one that asked it again, for this name' as reason
from work.waits as w
where exists (
  select 1 from work.returned_queries as r
  where r.qname_id = w.qname_id and r.qtype = w.qtype and r.asked_ns between w.asked_ns - w.before_ns and w.until_ns
)
or exists (
  select 1 from work.upstream_failures as f where f.asks_itself and f.qname_id = w.qname_id and f.qtype = w.qtype
);

-- --- numbers
with fatal as (
  select
    coalesce(sum(e.count), 0)::BIGINT as ended,
    max(coalesce(nullif(n.name, ''), '.')) as ended_zone,
    max(regexp_extract(e.message, '\((\S+ -> \S*)\)', 1)) as ended_way
  from raw.log_events as e
  left join work.name_ids as n on n.raw_id = e.qname_id
  where e.event = 'loop-detected'
),
logged as (
  select
    coalesce(sum(count) filter (where asks_itself), 0)::BIGINT as to_itself,
    string_agg(distinct upstream, ', ' order by upstream) filter (where asks_itself) as itself,
    coalesce(sum(count) filter (where is_probe), 0)::BIGINT as probes_failed
  from work.upstream_failures
),
probes as (
  select count(*) as probes_answered
  from raw.log_queries as q
  inner join work.name_ids as n on n.raw_id = q.qname_id
  where work.is_nxdomain(q.rcode) and work.is_loop_probe(n.name, q.qtype)
),
back as (
  select
    count(*) as came_back,
    count(distinct r.qname_id) as names,
    string_agg(distinct n.label, ', ' order by n.label) as servers
  from work.returned_queries as r
  inner join work.address_names as n on n.address_id = r.answerer_id
)
select fatal.*, logged.*, probes.*, back.*, evidence.upstream_queries
from work.evidence cross join fatal cross join logged cross join probes cross join back;

-- --- rules
-- ended-itself:
--   when: ended > 0
--   verdict: confirmed
--   say: "CoreDNS's loop plugin found that its queries for zone {ended_zone} come back ({ended_way}) and ended the
--     server {ended|time|times}"
-- came-back:
--   when: came_back >= $least
--   verdict: confirmed
--   say: "{came_back|query|queries} for {names|name|names} came back to {servers} while an answer was waited for"
-- asks-itself:
--   when: to_itself >= $least
--   verdict: confirmed
--   say: "{itself} asks itself: the log names {to_itself|failed query|failed queries} from this address to the same"
-- asked-itself:
--   when: to_itself > 0
--   verdict: likely
--   say: "{itself} asks itself: the log names {to_itself|failed query|failed queries} from this address to the same"
-- seldom-came-back:
--   when: came_back > 0
--   verdict: possible
--   say: "{came_back|query|queries} for {names|name|names} came back to {servers} while an answer was waited for"
-- none-came-back:
--   when: upstream_queries >= $forwarded_least
--   verdict: ruled_out
--   say: "none of {upstream_queries|query|queries} to upstreams came back"
-- probe-answered:
--   when: probes_answered > 0
--   verdict: ruled_out
--   say: "the loop plugin's own query at the start (HINFO) was answered and did not come back"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "neither a server's start in a log nor its own queries in a capture are there"

-- --- findings
-- - when: probes_failed > 0
--   say: "{probes_failed|failed query is|failed queries are} the loop plugin's own probe (HINFO) at the start"

-- --- fix
-- - title: Forward to the real upstreams
--   corefile:
--     - {plugin: forward, arguments: ['.', '{{upstream_address}}']}
--   risk: With a wrong address every name outside of the cluster fails; ask it first (dig).
