-- ---
-- title: Keys that address translation made
-- description: >
--   One row a message key that stands for another: the same packet after its source address or port was translated (SNAT, masquerade). It has the other's id, name,
--   type and IP id, comes within 50 ms, and was only ever seen with a hop limit that a router has lowered.
-- from: [raw.messages, temp.doubtful_keys, work.name_ids, work.source_ranks]
-- materialized: table
-- ---
with queries as (
  select m.key, m.txid, m.ip_id, m.qtype, m.qname_id, m.hop_limit, epoch_ns(m.time) as ns, r.source_rank, m.frame
  from raw.messages as m
  inner join work.source_ranks as r on r.source_id = m.source_id
  where not work.is_response(m.flags) and m.protocol = 0 and m.ip_id <> 0
),
lowered as (
  select q.*, n.name_id
  from queries as q
  inner join work.name_ids as n on n.raw_id = q.qname_id
  where q.key in (select d.key from temp.doubtful_keys as d where d.lowered)
),
pairs as (
  select l.key, o.key as original_key, min((abs(l.ns - o.ns), o.source_rank, o.frame)) as apart
  from lowered as l
  inner join queries as o
    on o.txid = l.txid
    and o.ip_id = l.ip_id
    and o.qtype = l.qtype
    and o.key <> l.key
    and o.hop_limit > l.hop_limit
    and l.ns - o.ns between -1000000 and 50000000
  inner join work.name_ids as n on n.raw_id = o.qname_id and n.name_id = l.name_id
  where o.key not in (select d.key from temp.doubtful_keys as d where d.lowered)
  group by l.key, o.key
)
select key, arg_min(original_key, apart) as original_key
from pairs
group by key
