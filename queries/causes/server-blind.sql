-- ---
-- title: CoreDNS has no view of the cluster
-- description: >
--   CoreDNS cannot reach the Kubernetes API, or began to serve before it knew the cluster, so that names of services
--   are missing, old or answered SERVFAIL. Confirmed when its log says that it serves without a view and cannot reach
--   the API, or when such names failed meanwhile; likely from its log alone.
-- kind: fault
-- hits: names
-- precedence: 47
-- params:
--   least: {default: 3, unit: lines, description: failed requests to the API that it takes,
--     source: "chosen: a request fails when an API server is restarted"}
--   share: {default: 0.1, unit: share, description: share of the requests that its metrics count which failed,
--     source: "chosen: watches that end and a restart of an API server leave a few"}
--   waits: {default: 10, unit: lines, description: "lines that wait for the API that it takes, where none says more",
--     source: "plugin kubernetes: a line each half second for 5 s; a start has a few"}
--   chances: {default: 10, unit: answers,
--     description: good answers for names of the cluster in a log that names no trouble that it takes to rule it out,
--     source: "chosen: fewer may be old ones of a cache"}
-- change:
--   - "Look at the way from CoreDNS to the control plane: kube-proxy on its node, network policies, kubectl get
--       endpoints kubernetes."
--   - "Look at its service account: the role system:coredns must let it list and watch services, endpointslices, pods
--       and namespaces."
--   - "Use the ready plugin as readiness probe, so that a server without a view gets no queries."
-- collect:
--   - "kubectl logs -n kube-system -l k8s-app=kube-dns --tail=-1 --timestamps --prefix > coredns.log"
--   - "kubectl get pods,svc,endpoints,endpointslices,nodes -A -o json > cluster.json"
-- look: [servers/errors, servers/failures]
-- panels: [SERVFAIL from]
-- ---

-- --- signs
-- a name of the cluster that failed at once, without a question to an upstream
select
  w.transaction_id,
  'shown' as strength,
  'the server failed for a name of the cluster, and its log says that it does not know the cluster' as reason
from work.waits as w
inner join work.cluster_names as c on c.raw_id = w.qname_id and c.below
where work.is_servfail(w.rcode)
  and w.upstream_queries = 0
  and (select count(*) from work.api_troubles where kind <> 'waiting') > 0;

-- --- numbers
with said as (
  select
    coalesce(sum(count) filter (where kind = 'unsynced'), 0)::BIGINT as unsynced,
    coalesce(sum(count) filter (where kind = 'failed'), 0)::BIGINT as failed,
    coalesce(sum(count) filter (where kind = 'waiting'), 0)::BIGINT as waiting,
    string_agg(distinct api, ', ' order by api) filter (where kind = 'failed') as control_plane,
    mode(reason) filter (where kind = 'failed') as reason,
    coalesce(sum(count) filter (where kind in ('unsynced', 'failed') and not elsewhen), 0)::BIGINT as meanwhile,
    work.span_text(
      min(time) filter (where kind in ('unsynced', 'failed')), max(time) filter (where kind in ('unsynced', 'failed'))
    ) as told_when
  from work.api_troubles
),
requests as (
  select
    coalesce(sum(increase), 0)::BIGINT as request_rise,
    coalesce(sum(increase) filter (where failing), 0)::BIGINT as failed_rise,
    coalesce(sum(last_value) filter (where not risen), 0)::BIGINT as request_total,
    coalesce(sum(last_value) filter (where failing and not risen), 0)::BIGINT as failed_total,
    work.some_of(list(distinct code order by code) filter (where failing and increase > 0)) as codes,
    work.some_of(list(distinct code order by code) filter (where failing and not risen)) as codes_once
  from (
    select
      *,
      json_extract_string(labels, '$.code') as code,
      -- client-go says <error> where no answer came
      regexp_matches(json_extract_string(labels, '$.code'), '^(<error>|401|403|5\d\d)$') as failing,
      bool_or(increase is not null) over (partition by source_id, instance) as risen
    from counter_series
    where counter = 'coredns_kubernetes_rest_client_requests_total'
  ) as r
),
answers as (
  select count(*) as good
  from raw.log_queries as q
  inner join work.cluster_names as c on c.raw_id = q.qname_id and c.below
  where q.rcode = 0
)
select
  s.* replace (coalesce(s.told_when, '') as told_when),
  r.*,
  coalesce(s.control_plane, 'its address') as address_shown,
  coalesce(s.reason, 'no reason given') as reason_shown,
  a.good,
  e.log_lines
from work.evidence as e cross join said as s cross join answers as a cross join requests as r;

-- --- rules
-- names-failed:
--   when: blamed > 0 and unsynced + failed > 0
--   verdict: confirmed
--   say: "CoreDNS's log says that it does not know the cluster ({unsynced|start|starts} without a view, {failed|failed
--     request|failed requests} to the API), and {blamed|lookup|lookups} of names of the cluster failed"
-- at-another-time:
--   when: unsynced + failed > 0 and meanwhile = 0 and good >= $chances
--   verdict: possible
--   say: "CoreDNS's log says {told_when}, when nothing was captured, that it could not reach the Kubernetes API or had
--     no view of the cluster; nothing of it while the captures ran"
-- serves-without:
--   when: unsynced > 0 and failed > 0
--   verdict: confirmed
--   say: "CoreDNS serves without a view of the cluster (unsynced Kubernetes API) and cannot reach the API at
--     {address_shown}: {reason_shown}"
-- began-without:
--   when: unsynced > 0
--   verdict: likely
--   say: "CoreDNS began to serve without a view of the cluster: its log says that the Kubernetes API was not synced"
-- cannot-reach:
--   when: failed >= $least
--   verdict: likely
--   say: "CoreDNS's log names {failed|failed request|failed requests} to the Kubernetes API at {address_shown}:
--     {reason_shown}"
-- metrics-count-failures:
--   when: failed_rise >= $least and failed_rise >= $share * request_rise
--   verdict: likely
--   say: "CoreDNS's metrics count {failed_rise|request|requests} to the Kubernetes API that failed ({codes}), of
--     {request_rise} between two readings"
-- seldom-failed:
--   when: failed > 0
--   verdict: possible
--   say: "CoreDNS's log names {failed|failed request|failed requests} to the Kubernetes API at {address_shown}:
--     {reason_shown}"
-- waited-long:
--   when: waiting >= $waits and good = 0
--   verdict: possible
--   say: "CoreDNS waited for the Kubernetes API ({waiting|line says|lines say} so), and the log shows no good answer
--     for a name of the cluster"
-- metrics-counted-failures:
--   when: failed_total >= $least and failed_total >= $share * request_total and good = 0
--   verdict: possible
--   say: "CoreDNS's metrics count {failed_total|request|requests} to the Kubernetes API that failed ({codes_once}), of
--     {request_total} since it began; one reading does not say when"
-- knows:
--   when: good >= $chances
--   verdict: ruled_out
--   say: "the log names no trouble with the control plane, and names of the cluster are answered"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no log with good answers for names of the cluster, or with trouble of the control plane, is there"

-- --- findings
-- - when: waiting > 0 and unsynced + failed > 0
--   say: "{waiting|line says|lines say} that it waits for the API or is not ready for want of it"
