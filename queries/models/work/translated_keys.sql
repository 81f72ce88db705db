-- ---
-- title: Keys that address translation made
-- description: >
--   One row a message key that stands for another: the same packet after its source address or port was translated (SNAT, masquerade). It has the other's id, name,
--   type and IP id, comes within 50 ms, and was only ever seen with a hop limit that a router has lowered.
-- from: [raw.messages, work.name_ids]
-- materialized: table
-- ---
with queries as (
  select m.key, m.txid, m.ip_id, m.qtype, n.name_id, m.hop_limit, epoch_ns(m.time) as ns
  from raw.messages as m
  inner join work.name_ids as n on n.raw_id = m.qname_id
  where m.flags < 32768 and m.protocol = 0 and m.ip_id <> 0
),
lowered as (
  select key from queries
  group by key
  having count(*) filter (where hop_limit in (0, 64, 128, 255)) = 0
),
pairs as (
  select l.key, o.key as original_key, min(abs(l.ns - o.ns)) as apart
  from queries as l
  inner join queries as o
    on o.txid = l.txid
    and o.ip_id = l.ip_id
    and o.qtype = l.qtype
    and o.name_id = l.name_id
    and o.key <> l.key
    and o.hop_limit > l.hop_limit
    and l.ns - o.ns between -1000000 and 50000000
  where l.key in (select key from lowered) and o.key not in (select key from lowered)
  group by l.key, o.key
)
select key, arg_min(original_key, apart) as original_key
from pairs
group by key
