-- ---
-- title: Which pods the network policies let ask DNS
-- description: >
--   One row per namespace and set of labels that pods have (pods of one are alike to policies), and protocol: whether
--   NetworkPolicies leave them a way to any DNS server (blocked: surely to none; open: surely to all; else undecided,
--   as where a selector names labels that nobody carries). Policies see packets after translation, at the server's pod
--   and its port. since_ns is when the last way was closed, 0 where that is not known.
-- from: [raw.network_policies, raw.cluster_objects, work.pods, work.dns_endpoints, work.node_caches]
-- materialized: table
-- ---
with keys as (
  select source_id, list(distinct key) as known_keys
  from (select distinct source_id, unnest(json_keys(labels)) as key from work.pods)
  group by source_id
),
groups as (
  select
    p.namespace,
    p.labels,
    p.source_id,
    coalesce(try_cast(p.labels::JSON as MAP(VARCHAR, VARCHAR)), MAP {}) as label_map,
    coalesce(any_value(k.known_keys), []) as known_keys
  from work.pods as p
  left join keys as k on k.source_id = p.source_id
  where exists (select 1 from raw.network_policies)
  group by p.namespace, p.labels, p.source_id
),
rules as (
  select
    namespace,
    name,
    direction,
    rule,
    min(since) as since,
    from_json(pod_selector, '[{"key":"VARCHAR","op":"VARCHAR","values":["VARCHAR"]}]') as selector,
    ports,
    from_json(ports, '[{"protocol":"VARCHAR","port":"INTEGER","name":"VARCHAR","end":"INTEGER"}]') as let_ports,
    peers,
    from_json(
      peers,
      '[{"pods":[{"key":"VARCHAR","op":"VARCHAR","values":["VARCHAR"]}],'
      || '"namespaces":[{"key":"VARCHAR","op":"VARCHAR","values":["VARCHAR"]}],'
      || '"cidr":"VARCHAR","except":["VARCHAR"]}]'
    ) as let_peers
  from raw.network_policies
  where kind = 'NetworkPolicy' and direction is not null and namespace is not null
  group by namespace, name, direction, rule, pod_selector, ports, peers
),
protocols as (
  select unnest(['UDP', 'TCP']) as protocol
),
-- who is isolated, and the other end of the way; without a pod of its own a server is under no policy and nothing is
-- decided
servers as (
  select d.address, d.port, d.services, d.namespace, g.labels, g.source_id, g.label_map, g.known_keys
  from work.dns_endpoints as d
  left join work.pods as p on p.namespace = d.namespace and p.name = d.pod
  left join groups as g
    on g.namespace = p.namespace and g.labels is not distinct from p.labels and g.source_id = p.source_id
),
ends as (
  select
    'egress' as direction, g.namespace, g.labels, g.source_id, s.address,
    g.namespace as own_namespace, g.label_map as own_labels, g.known_keys as own_keys,
    s.namespace as other_namespace, s.label_map as other_labels, s.known_keys as other_keys, s.port, s.services
  from groups as g cross join servers as s
  union all
  select
    'ingress', g.namespace, g.labels, g.source_id, s.address,
    s.namespace, s.label_map, s.known_keys,
    g.namespace, g.label_map, g.known_keys, s.port, s.services
  from groups as g cross join servers as s
),
selected as (
  select
    e.*,
    r.* exclude (namespace, direction),
    p.protocol,
    work.selects(r.selector, e.own_labels, e.own_keys) as is_selected
  from ends as e
  inner join rules as r on r.direction = e.direction and r.namespace = e.own_namespace
  cross join protocols as p
),
let as (
  select
    *,
    case
      when rule is null then false
      when ports is null then true
      -- a name is a port of the server's container, which is not told; a protocol without a port is all of them
      else work.any_of(list_transform(let_ports, lambda one: one.protocol = protocol and case
        when one.name is not null then null
        when one.port is null then true
        else port between one.port and coalesce(one."end", one.port)
      end))
    end as port_let,
    case
      when rule is null then false
      when peers is null then true
      else work.any_of(list_transform(let_peers, lambda one: case
        when one.cidr is not null then case
          -- the source may have been translated on the way
          when direction = 'ingress' then null
          when work.any_of(list_transform(one."except", lambda network: work.in_network(address, network))) then false
          -- whether policies see a service's address or its server's is the plugin's to choose
          else work.in_network(address, one.cidr)
            or work.any_of(
              list_transform(
                coalesce(services, []),
                lambda service: case when work.in_network(service, one.cidr) is not false then null else false end
              )
            )
        end
        when one.pods is null and one.namespaces is null then null
        else case when one.namespaces is null then other_namespace = own_namespace
          else
            work.selects(
              one.namespaces, MAP {'kubernetes.io/metadata.name': other_namespace}, ['kubernetes.io/metadata.name']
            )
          end
          and case when one.pods is null then true else work.selects(one.pods, other_labels, other_keys) end
      end))
    end as peer_let
  from selected
  where is_selected is not false
),
-- one row per way of pods to a server, and direction in which policies look at it
judged as (
  select
    namespace, labels, source_id, address, protocol, direction,
    coalesce(bool_or(is_selected), false)
    and not bool_or(rule is not null and (port_let and peer_let) is not false) as blocked,
    coalesce(bool_or(is_selected and port_let and peer_let), false) as surely_let,
    coalesce(min(epoch_ns(since)) filter (where is_selected), 0) as since_ns,
    coalesce(list(distinct own_namespace || '/' || name) filter (where is_selected), []) as policies
  from let
  group by namespace, labels, source_id, address, protocol, direction
),
ways as (
  select
    g.namespace,
    g.labels,
    g.source_id,
    s.address,
    p.protocol,
    coalesce(bool_or(j.blocked), false) and s.label_map is not null and s.port is not null as blocked,
    coalesce(bool_and(j.surely_let), true) as surely_let,
    min(j.since_ns) filter (where j.blocked) as since_ns,
    coalesce(flatten(list(j.policies) filter (where j.blocked)), []) as policies,
    coalesce(bool_or(j.blocked and j.direction = 'egress'), false) as by_egress,
    coalesce(bool_or(j.blocked and j.direction = 'ingress'), false) as by_ingress
  from groups as g
  cross join servers as s
  cross join protocols as p
  left join judged as j
    on j.namespace = g.namespace
      and j.labels is not distinct from g.labels
      and j.source_id = g.source_id
      and j.address = s.address
      and j.protocol = p.protocol
  group by g.namespace, g.labels, g.source_id, s.address, p.protocol, s.label_map, s.port
),
-- a cache on the node answers past policies, or not: that is the plugin's to choose
caches as (
  select
    (select count(*) from work.node_caches)
    + (
      select count(*)
      from raw.cluster_objects as o
      where
        o.kind in ('Pod', 'DaemonSet') and (work.of_node_cache(o.labels) or regexp_matches(o.name, '^node-?local-?dns'))
    ) as caches
)
select
  w.namespace,
  w.labels,
  w.source_id,
  w.protocol,
  case
    when bool_and(w.blocked) and any_value(c.caches) = 0 then 'blocked' when bool_and(w.surely_let) then 'open' else
      'undecided'
  end as state,
  max(w.since_ns) as since_ns,
  list_sort(list_distinct(flatten(list(w.policies)))) as policies,
  bool_or(w.by_egress) as by_egress,
  bool_or(w.by_ingress) as by_ingress
from ways as w cross join caches as c
group by w.namespace, w.labels, w.source_id, w.protocol
