-- ---
-- title: Conntrack increases beside lost halves
-- description: >
--   One row per interval between two samples of conntrack counters in which a counter of lost or merged packets rose or
--   an A/AAAA pair lost a half. The counters are of all traffic of the node; an interval's lost halves are those of
--   that node's clients where nodes are known. Only times are compared; conntrack/increases has all counters, and other
--   losses too.
-- kind: table
-- requires: [conntrack_intervals, twins]
-- narrow: [from_time, to_time, insert_failed, drop, lost_halves]
-- columns:
--   source_id: the samples' source
--   label: its node, where known
--   from_time: the sample before
--   to_time: the sample after
--   insert_failed: packets that found their flow entered by another; increase
--   drop: packets dropped; increase
--   early_drop: entries evicted because the table was full; increase
--   clash_resolve: clashes that the kernel resolved without loss; increase
--   lost_halves: pairs counted in the interval that lost one half
--   lost_both: pairs counted in the interval that lost both halves
-- ---
with lost as (
  select
    source_id, from_time, to_time,
    count_if(loss = 'half') as lost_halves,
    count_if(loss = 'both') as lost_both
  from narrowed.conntrack_losses
  where loss in ('half', 'both')
  group by source_id, from_time, to_time
)
select
  i.source_id,
  s.label,
  i.from_time,
  i.to_time,
  i.insert_failed,
  i."drop",
  i.early_drop,
  i.clash_resolve,
  coalesce(l.lost_halves, 0) as lost_halves,
  coalesce(l.lost_both, 0) as lost_both
from narrowed.conntrack_intervals as i
left join sources as s on s.source_id = i.source_id
left join lost as l on l.source_id = i.source_id and l.from_time = i.from_time and l.to_time = i.to_time
where (
  l.source_id is not null
  or coalesce(i.insert_failed, 0) + coalesce(i."drop", 0) + coalesce(i.early_drop, 0) + coalesce(i.clash_resolve, 0)
  > 0
)
order by i.source_id, i.from_time
