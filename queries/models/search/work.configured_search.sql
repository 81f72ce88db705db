-- ---
-- title: Search lists as configured
-- description: >
--   One row per client address and resolver configuration that holds for it: the one named after its pod or workload,
--   else the one that all configurations in evidence share: for pods, and where no object of kubectl says which
--   addresses are pods, for clients that asked for one name under its first two suffixes, or for the one client of the
--   capture that asks its nameservers or uses its suffixes.
-- from: [raw.resolver_configs, raw.cluster_objects, work.client_transactions, work.address_ids, work.name_ids,
--   work.source_ranks]
-- materialized: table
-- key: [client_id]
-- ---
with pods as (
  select distinct a.address_id, o.name, o.namespace, o.node
  from raw.cluster_objects as o
  inner join work.address_ids as a on a.address = o.address
  where o.kind = 'Pod' and not o.host_network
),
configs as (
  select
    owner,
    namespace,
    from_json(search, '["VARCHAR"]')[1:32] as search,
    from_json(nameservers, '["VARCHAR"]') as nameservers,
    from_json(options, '["VARCHAR"]') as options,
    -- resolvers take no more, whatever the file says
    least(coalesce(ndots, 1), 15) as ndots,
    least(greatest(coalesce(timeout_seconds, $default_timeout_seconds), 1), 30)::INTEGER as timeout_seconds,
    least(greatest(coalesce(attempts, 2), 1), 5)::INTEGER as attempts,
    r.source_rank,
    c.line
  from raw.resolver_configs as c
  left join work.source_ranks as r on r.source_id = c.source_id
  where search <> '[]' and origin = 'resolv.conf'
),
-- a pod's name and each beginning of it before a dash: what its owner may be called
owners as (
  select p.*, array_to_string(p.parts[1:place], '-') as owner
  from (
    select
      *,
      string_split(name, '-') as parts,
      unnest(range(1, len(string_split(name, '-')) + 1)) as place
    from pods
  ) as p
),
owned as (
  select
    p.address_id as client_id, c.search, c.nameservers, c.options, c.ndots, c.timeout_seconds, c.attempts,
    row_number() over (
      partition by p.address_id
      order by
        c.owner = p.name desc,
        c.namespace = p.namespace desc nulls last,
        length(c.owner) desc,
        c.source_rank,
        c.line
    ) as choice
  from owners as p
  inner join (
    select * from configs
    qualify row_number() over (partition by owner, namespace order by source_rank, line) = 1
  ) as c on c.owner = p.owner and coalesce(c.namespace = p.namespace, true)
),
common as (
  select
    min(search) as search,
    arg_min(options, (source_rank, line)) as options,
    arg_min(nameservers, (source_rank, line)) as nameservers,
    min(ndots) as ndots,
    arg_min(timeout_seconds, (source_rank, line)) as timeout_seconds,
    arg_min(attempts, (source_rank, line)) as attempts
  from configs
  having count(distinct (search, ndots)) = 1
),
-- without kubectl's objects: what addresses asked, by the one configuration there is
asked as (
  select distinct t.client_id, t.server_id, n.name
  from work.client_transactions as t
  inner join work.name_ids as n on n.raw_id = t.qname_id
  where exists (select 1 from common)
    and not exists (select 1 from pods)
    and t.client_id not in (select s.server_id from work.client_transactions as s where s.state = 'answered')
),
walked as (
  select a.client_id
  from asked as a
  cross join common as c
  inner join asked as b
    on b.client_id = a.client_id and b.name = left(a.name, length(a.name) - length(c.search[1])) || c.search[2]
  where ends_with(a.name, '.' || c.search[1])
),
lone as (
  select a.client_id
  from asked as a
  cross join common as c
  inner join work.address_ids as s on s.raw_id = a.server_id
  where (select count(distinct client_id) from asked) = 1
    and (
      list_contains(c.nameservers, s.address)
      or list_bool_or([ends_with(a.name, '.' || suffix) for suffix in c.search])
    )
),
fitting as (
  select client_id from walked
  union
  select client_id from lone
)
select client_id, search, nameservers, options, ndots, timeout_seconds, attempts, 'pod' as origin
from owned
where choice = 1
union all
select p.address_id, c.search, c.nameservers, c.options, c.ndots, c.timeout_seconds, c.attempts, 'shared'
from (select distinct address_id from pods) as p
cross join common as c
where p.address_id not in (select o.client_id from owned as o)
union all
select f.client_id, c.search, c.nameservers, c.options, c.ndots, c.timeout_seconds, c.attempts, 'walked'
from fitting as f
cross join common as c
