-- ---
-- title: What is known of each client
-- description: >
--   One row per address that asked. Its resolver is told by its twins (one socket or two, ids near each other or not)
--   and its retries.
-- from: [work.wire_questions, work.wire_twins, work.wire_transactions, work.timers, work.configured_search,
--   work.inferred_search, work.forwarders, work.address_ids, raw.cluster_objects]
-- materialized: table
-- key: [client_id]
-- ---
with asked as (
  select
    client_id,
    count(*) as questions,
    count(*) filter (where qtype in (1, 28)) as address_questions,
    count(distinct qtype) filter (where qtype in (1, 28)) as address_types
  from work.wire_questions
  group by client_id
),
pairs as (
  select
    a.client_id,
    case
      when w.one_socket and tb.txid::INTEGER - ta.txid::INTEGER between 1 and 2048 then 'musl'
      when w.one_socket then 'glibc'
      when a.outcome = 'unknown' then 'unclear'
      when aaaa.asked_ns >= a.ended_ns then 'glibc'
      else 'go'
    end as looks_like,
    count(*) as n
  from work.wire_twins as w
  inner join work.wire_questions as a on a.question_id = w.a_id
  inner join work.wire_questions as aaaa on aaaa.question_id = w.aaaa_id
  inner join work.wire_transactions as ta on ta.transaction_id = a.transaction_id
  inner join work.wire_transactions as tb on tb.transaction_id = aaaa.transaction_id
  -- port 0 is a port that the capture's form does not show
  where ta.client_port <> 0
  group by all
),
votes as (
  select
    client_id,
    sum(n) filter (where looks_like <> 'unclear') as twins,
    coalesce(sum(n) filter (where looks_like = 'musl'), 0) as musl,
    coalesce(sum(n) filter (where looks_like = 'glibc'), 0) as glibc,
    coalesce(sum(n) filter (where looks_like = 'go'), 0) as go
  from pairs
  group by client_id
),
observed as (
  select client_id, list(suffix order by position) as search_list
  from work.inferred_search
  group by client_id
),
pods as (
  select address_id, pod.* exclude (name), pod.name as pod
  from (
    -- one object whole, where several had the address
    select
      a.address_id,
      min(struct_pack(
        namespace := o.namespace, name := o.name, owner_kind := o.owner_kind, owner := o.owner, node := o.node
      )) as pod
    from raw.cluster_objects as o
    inner join work.address_ids as a on a.address = o.address
    where o.kind = 'Pod' and not o.host_network
    group by a.address_id
  ) as objects
),
nodes as (
  select a.address_id, min(o.name) as node
  from raw.cluster_objects as o
  inner join work.address_ids as a on a.address = o.address
  where o.kind = 'Node'
  group by a.address_id
),
replica_sets as (
  select namespace, name, min(owner) as owner, min(owner_kind) as owner_kind
  from raw.cluster_objects
  where kind in ('ReplicaSet', 'Job') and owner is not null
  group by namespace, name
)
select
  q.client_id,
  a.address as client,
  p.namespace,
  p.pod,
  coalesce(
    r.owner,
    case when p.owner_kind = 'ReplicaSet' then regexp_replace(p.owner, '-[a-z0-9]{5,10}$', '') else p.owner end,
    p.pod
  ) as workload,
  coalesce(p.node, n.node) as node,
  case
    when f.address_id is not null then 'forwarder'
    when v.twins >= $resolver_pairs and v.musl >= $resolver_share * v.twins then 'musl'
    when v.twins >= $resolver_pairs
      and v.musl + v.glibc >= $one_socket_share * v.twins
      and v.musl < $musl_stray_share * v.twins
      then 'glibc'
    when v.twins >= $resolver_pairs and v.go >= $resolver_share * v.twins then 'go'
    when v.twins >= $resolver_pairs then 'several'
    when v.twins is null and q.address_types = 1 and q.address_questions >= $resolver_pairs then 'c-ares'
  end as resolver,
  case
    when f.address_id is not null then 'it answers queries, or asks what others are waiting for'
    when v.twins >= $resolver_pairs and v.musl >= $resolver_share * v.twins
      then format('{:,} of {:,} A/AAAA pairs share a socket and have near ids', v.musl::BIGINT, v.twins::BIGINT)
    when v.twins >= $resolver_pairs
      and v.musl + v.glibc >= $one_socket_share * v.twins
      and v.musl < $musl_stray_share * v.twins
      then
        format(
          '{:,} of {:,} A/AAAA pairs share a socket with unrelated ids, or follow each other',
          v.glibc::BIGINT,
          v.twins::BIGINT
        )
    when v.twins >= $resolver_pairs and v.go >= $resolver_share * v.twins
      then format('{:,} of {:,} A/AAAA pairs use two sockets at once', v.go::BIGINT, v.twins::BIGINT)
    when v.twins >= $resolver_pairs
      then format('pairs of {} forms: several programs', (v.musl > 0)::INT + (v.glibc > 0)::INT + (v.go > 0)::INT)
    when v.twins is null and q.address_types = 1 and q.address_questions >= $resolver_pairs
      then 'one address type a call'
  end as resolver_because,
  t.seconds as retry_seconds,
  coalesce(c.search, o.search_list) as search_list,
  c.search as configured_search_list,
  o.search_list as observed_search_list,
  c.ndots as ndots,
  c.options,
  c.nameservers,
  q.questions,
  f.address_id is not null as is_forwarder
from asked as q
inner join work.address_ids as a on a.raw_id = q.client_id
left join votes as v on v.client_id = q.client_id
left join observed as o on o.client_id = q.client_id
left join work.configured_search as c on c.client_id = q.client_id
left join pods as p on p.address_id = q.client_id
left join nodes as n on n.address_id = q.client_id
left join replica_sets as r on r.namespace = p.namespace and r.name = p.owner
left join work.timers as t on t.client_id = q.client_id
left join work.forwarders as f on f.address_id = q.client_id
