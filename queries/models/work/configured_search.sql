-- ---
-- title: Search lists as configured
-- description: >
--   One row a client address and resolver configuration that holds for it: the one named after its pod or workload, else
--   the one that all configurations in evidence share.
-- from: [raw.resolver_configs, raw.cluster_objects, work.address_ids, work.source_ranks]
-- materialized: table
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
    r.source_rank,
    c.line
  from raw.resolver_configs as c
  left join work.source_ranks as r on r.source_id = c.source_id
  where search <> '[]' and origin = 'resolv.conf'
),
-- a pod's name and each beginning of it before a dash: what its owner may be called
owners as (
  select p.*, array_to_string(p.parts[1:place], '-') as owner
  from (select *, string_split(name, '-') as parts, unnest(range(1, len(string_split(name, '-')) + 1)) as place from pods) as p
),
owned as (
  select
    p.address_id as client_id, c.search, c.nameservers, c.options, c.ndots,
    row_number() over (
      partition by p.address_id order by c.owner = p.name desc, c.namespace = p.namespace desc nulls last, length(c.owner) desc, c.source_rank, c.line
    ) as choice
  from owners as p
  inner join (
    select * from configs
    qualify row_number() over (partition by owner, namespace order by source_rank, line) = 1
  ) as c on c.owner = p.owner and coalesce(c.namespace = p.namespace, true)
),
common as (
  select min(search) as search, arg_min(options, (source_rank, line)) as options, arg_min(nameservers, (source_rank, line)) as nameservers, min(ndots) as ndots
  from configs
  having count(distinct (search, ndots)) = 1
)
select client_id, search, nameservers, options, ndots, 'pod' as origin
from owned
where choice = 1
union all
select p.address_id, c.search, c.nameservers, c.options, c.ndots, 'shared'
from (select distinct address_id from pods) as p
cross join common as c
where p.address_id not in (select o.client_id from owned as o)
