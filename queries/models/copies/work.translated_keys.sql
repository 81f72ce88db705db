-- ---
-- title: Keys that address translation made
-- description: >
--   One row per message key that stands for another: the same packet after its source address or port was translated
--   (SNAT, masquerade). It has the other's id, name, type and IP id, comes within 50 ms, and was only ever seen with a
--   hop limit that a router has lowered.
-- from: [raw.sightings, raw.packets, raw.paths, temp.doubtful_keys, work.name_ids, work.source_ranks]
-- materialized: table
-- key: [key]
-- ---
-- packets that may be the same as one that was only seen lowered, mostly few
with alike as materialized (
  select p.packet_id, p.key, p.txid, p.ip_id, p.qtype, n.name_id, d.key is not null as lowered
  from raw.packets as p
  inner join work.name_ids as n on n.raw_id = p.qname_id
  left join temp.doubtful_keys as d on d.key = p.key and d.lowered
  where p.ip_id <> 0
    and (p.txid, p.ip_id, p.qtype) in (
      select (l.txid, l.ip_id, l.qtype)
      from raw.packets as l
      inner join temp.doubtful_keys as k on k.key = l.key and k.lowered
    )
),
queries as (
  select
    p.key, p.txid, p.ip_id, p.qtype, p.name_id, w.hop_limit, epoch_ns(m.time) as ns, r.source_rank, m.frame, p.lowered
  from raw.sightings as m
  inner join alike as p on p.packet_id = m.packet_id
  inner join raw.paths as w on w.path_id = m.path_id
  inner join work.source_ranks as r on r.source_id = m.source_id
  where not w.is_response and w.protocol = 0 and m.time is not null
),
lowered as (
  -- the hop limit that its host began with
  select *, case when hop_limit < 64 then 64 when hop_limit < 128 then 128 else 255 end as first_hop_limit
  from queries
  where lowered
),
-- one row per packet as its host sent it; of several at one time the first in the evidence
originals as (
  select
    txid,
    ip_id,
    qtype,
    name_id,
    hop_limit,
    ns,
    arg_min(key, (source_rank, frame)) as key,
    min((source_rank, frame)) as place
  from queries
  where not lowered and work.is_first_hop(hop_limit)
    -- seldom any: the others need no place
    and (txid, ip_id) in (select (l.txid, l.ip_id) from lowered as l)
  group by txid, ip_id, qtype, name_id, hop_limit, ns
),
pairs as (
  select l.key, o.key as original_key, min((abs(l.ns - o.ns), o.place)) as apart
  from lowered as l
  asof inner join originals as o
    on o.txid = l.txid
    and o.ip_id = l.ip_id
    and o.qtype = l.qtype
    and o.name_id = l.name_id
    and o.hop_limit = l.first_hop_limit
    and o.ns <= l.ns + work.ns($order_slack_seconds)
  where l.ns - o.ns <= work.ns($translation_seconds)
  group by l.key, o.key
)
select key, arg_min(original_key, apart) as original_key
from pairs
group by key
