-- ---
-- title: Conntrack increases beside lost halves
-- description: >
--   One row an interval between two samples of conntrack counters in which a counter of lost packets rose or an A/AAAA pair lost a half.
--   The counters are of all traffic of the node; an interval's lost halves are those of that node's clients where nodes are known.
--   Only times are compared, and samples are often dated to the second: what belongs together may rise one interval earlier or later.
-- kind: table
-- requires: [conntrack_deltas, twins]
-- columns:
--   source_id: the samples' source
--   label: its node, where known
--   from_time: the sample before
--   to_time: the sample after
--   insert_failed: packets that found their flow entered by another; increase
--   drop: packets dropped; increase
--   early_drop: entries evicted because the table was full; increase
--   clash_resolve: clashes that the kernel resolved without loss; increase
--   lost_halves: pairs asked in the interval that lost one half
--   lost_both: pairs asked in the interval that lost both halves
-- ---
with increases as (
  select
    source_id, from_time, to_time,
    sum(increase) filter (where counter = 'insert_failed') as insert_failed,
    sum(increase) filter (where counter = 'drop') as drops,
    sum(increase) filter (where counter = 'early_drop') as early_drop,
    sum(increase) filter (where counter = 'clash_resolve') as clash_resolve
  from conntrack_deltas
  where counter in ('insert_failed', 'drop', 'early_drop', 'clash_resolve')
    and ($since::timestamp_ns is null or to_time >= $since::timestamp_ns)
    and ($until::timestamp_ns is null or from_time < $until::timestamp_ns)
  group by source_id, from_time, to_time
),
lost as (
  select
    w.asked_at, c.node, w.lost_half, w.lost = 'both' as lost_both
  from twins as w
  left join clients as c on c.client = w.client
  where w.lost is not null and coalesce(c.is_forwarder, false) = false
    and ($client::varchar is null or w.client = $client::varchar)
),
counted as (
  select
    i.source_id, i.from_time, i.to_time,
    count(*) filter (where w.lost_half) as lost_halves,
    count(*) filter (where w.lost_both) as lost_both
  from increases as i
  inner join sources as s on s.source_id = i.source_id
  inner join lost as w
    on w.asked_at >= i.from_time and w.asked_at < i.to_time
    and (w.node = s.label or s.label is null or w.node is null or s.label not in (select node from clients where node is not null))
  group by i.source_id, i.from_time, i.to_time
)
select
  i.source_id,
  s.label,
  i.from_time,
  i.to_time,
  i.insert_failed,
  i.drops as "drop",
  i.early_drop,
  i.clash_resolve,
  coalesce(n.lost_halves, 0) as lost_halves,
  coalesce(n.lost_both, 0) as lost_both
from increases as i
left join sources as s on s.source_id = i.source_id
left join counted as n on n.source_id = i.source_id and n.from_time = i.from_time and n.to_time = i.to_time
where coalesce(i.insert_failed, 0) + coalesce(i.drops, 0) + coalesce(i.early_drop, 0) + coalesce(i.clash_resolve, 0) > 0
  or n.lost_halves > 0 or n.lost_both > 0
order by i.source_id, i.from_time
