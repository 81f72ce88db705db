-- ---
-- title: Conntrack intervals
-- description: >
--   One row per interval between two samples of one source: by how much the counters of lost, refused and merged
--   packets rose over all CPUs, and how many A/AAAA pairs programs asked meanwhile (null for none). node is that of the
--   samples where the node of any client is known by that name; what is counted is then that of its clients, and of
--   those whose node is not known.
-- from: [conntrack_deltas, sources, clients, twins]
-- materialized: view
-- columns:
--   node: node that the samples are of, where it is one of a client
--   pairs: A/AAAA pairs that programs asked meanwhile; null for none
-- ---
with rises as (
  select
    source_id,
    from_time,
    to_time,
    (sum(increase) filter (where counter = 'insert_failed'))::BIGINT as insert_failed,
    (sum(increase) filter (where counter = 'drop'))::BIGINT as "drop",
    (sum(increase) filter (where counter = 'early_drop'))::BIGINT as early_drop,
    (sum(increase) filter (where counter = 'clash_resolve'))::BIGINT as clash_resolve,
    (sum(increase) filter (where counter = 'chaintoolong'))::BIGINT as chaintoolong,
    (sum(increase) filter (where counter = 'invalid'))::BIGINT as invalid
  from conntrack_deltas
  group by source_id, from_time, to_time
),
placed as (
  select r.*, n.node
  from rises as r
  left join sources as s on s.source_id = r.source_id
  left join (select distinct node from clients) as n on n.node = s.label
),
asked as (
  select s.source_id, t.asked_at, c.node
  from twins as t
  inner join clients as c on c.client = t.client
  cross join (select distinct source_id from rises where from_time < to_time) as s
  where not c.is_forwarder
),
counted as (
  select p.source_id, p.from_time, p.to_time, count(*) as pairs
  from asked as a
  asof inner join (select * from placed where from_time < to_time) as p
    on p.source_id = a.source_id and p.from_time <= a.asked_at
  where a.asked_at < p.to_time and coalesce(a.node = p.node, true)
  group by p.source_id, p.from_time, p.to_time
)
select
  p.source_id,
  p.node,
  p.from_time,
  p.to_time,
  p.insert_failed,
  p."drop",
  p.early_drop,
  p.clash_resolve,
  p.chaintoolong,
  p.invalid,
  c.pairs
from placed as p
left join counted as c on c.source_id = p.source_id and c.from_time = p.from_time and c.to_time = p.to_time
