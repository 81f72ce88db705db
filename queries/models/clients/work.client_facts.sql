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
    questions.client_id,
    case
      when wire_twins.one_socket and tb.txid::INTEGER - ta.txid::INTEGER between 1 and 2048 then 'musl'
      when wire_twins.one_socket then 'glibc'
      when questions.outcome = 'unknown' then 'unclear'
      when aaaa.asked_ns >= questions.ended_ns then 'glibc'
      else 'go'
    end as looks_like,
    count(*) as n
  from work.wire_twins
  inner join work.wire_questions as questions on questions.question_id = wire_twins.a_id
  inner join work.wire_questions as aaaa on aaaa.question_id = wire_twins.aaaa_id
  inner join work.wire_transactions as ta on ta.transaction_id = questions.transaction_id
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
  asked.client_id,
  client.address as client,
  pods.namespace,
  pods.pod,
  coalesce(
    replica_sets.owner,
    case
      when pods.owner_kind = 'ReplicaSet' then regexp_replace(pods.owner, '-[a-z0-9]{5,10}$', '') else pods.owner
    end,
    pods.pod
  ) as workload,
  coalesce(pods.node, nodes.node) as node,
  case
    when forwarders.address_id is not null then 'forwarder'
    when votes.twins >= $resolver_pairs and votes.musl >= $resolver_share * votes.twins then 'musl'
    when votes.twins >= $resolver_pairs
      and votes.musl + votes.glibc >= $one_socket_share * votes.twins
      and votes.musl < $musl_stray_share * votes.twins
      then 'glibc'
    when votes.twins >= $resolver_pairs and votes.go >= $resolver_share * votes.twins then 'go'
    when votes.twins >= $resolver_pairs then 'several'
    when votes.twins is null and asked.address_types = 1 and asked.address_questions >= $resolver_pairs then 'c-ares'
  end as resolver,
  case
    when forwarders.address_id is not null then 'it answers queries, or asks what others are waiting for'
    when votes.twins >= $resolver_pairs and votes.musl >= $resolver_share * votes.twins
      then format('{:,} of {:,} A/AAAA pairs share a socket and have near ids', votes.musl::BIGINT, votes.twins::BIGINT)
    when votes.twins >= $resolver_pairs
      and votes.musl + votes.glibc >= $one_socket_share * votes.twins
      and votes.musl < $musl_stray_share * votes.twins
      then
        format(
          '{:,} of {:,} A/AAAA pairs share a socket with unrelated ids, or follow each other',
          votes.glibc::BIGINT,
          votes.twins::BIGINT
        )
    when votes.twins >= $resolver_pairs and votes.go >= $resolver_share * votes.twins
      then format('{:,} of {:,} A/AAAA pairs use two sockets at once', votes.go::BIGINT, votes.twins::BIGINT)
    when votes.twins >= $resolver_pairs
      then
        format(
          'pairs of {} forms: several programs', (votes.musl > 0)::INT + (votes.glibc > 0)::INT + (votes.go > 0)::INT
        )
    when votes.twins is null and asked.address_types = 1 and asked.address_questions >= $resolver_pairs
      then 'one address type a call'
  end as resolver_because,
  timers.seconds as retry_seconds,
  coalesce(configured_search.search, observed.search_list) as search_list,
  configured_search.search as configured_search_list,
  observed.search_list as observed_search_list,
  configured_search.ndots as ndots,
  configured_search.options,
  configured_search.nameservers,
  asked.questions,
  forwarders.address_id is not null as is_forwarder
from asked
inner join work.address_ids as client on client.raw_id = asked.client_id
left join votes on votes.client_id = asked.client_id
left join observed on observed.client_id = asked.client_id
left join work.configured_search on configured_search.client_id = asked.client_id
left join pods on pods.address_id = asked.client_id
left join nodes on nodes.address_id = asked.client_id
left join replica_sets on replica_sets.namespace = pods.namespace and replica_sets.name = pods.owner
left join work.timers on timers.client_id = asked.client_id
left join work.forwarders on forwarders.address_id = asked.client_id
