-- ---
-- title: Counters beside lost twins
-- description: >
--   One row per interval between two samples of a source in which a counter of trouble rose or the captures show a lost
--   query: what the kernel counted beside what the wire lost in the same interval. insert_failed together with drop,
--   and one twin lost: the insertion race. insert_failed or clash_resolve without a loss: absorbed. drop or early_drop
--   without insert_failed: a full table. Times of samples are whole seconds, so a loss up to a second later than an
--   interval that rose counts in it. Where nodes are known, losses are those of the samples' own node.
-- kind: table
-- requires: [conntrack_intervals]
-- narrow: [from_time, to_time, insert_failed, drop, lost_half]
-- columns:
--   source: path of the input
--   from_time: sample before, UTC
--   to_time: sample after, UTC
--   insert_failed: rise over all CPUs
--   drop: rise over all CPUs
--   early_drop: rise over all CPUs
--   clash_resolve: rise over all CPUs
--   chaintoolong: rise over all CPUs
--   invalid: rise over all CPUs
--   pairs: A and AAAA pairs that programs asked in the interval; null without a capture
--   lost_half: pairs that lost one half
--   lost_both: pairs that lost both halves
--   not_reached: transactions whose query never reached a server
-- ---
with losses as (
  select
    source_id, from_time, to_time,
    count_if(loss = 'half') as lost_half,
    count_if(loss = 'both') as lost_both,
    count_if(loss = 'query') as not_reached
  from narrowed.conntrack_losses
  group by source_id, from_time, to_time
)
select
  s.path as source,
  i.from_time,
  i.to_time,
  i.insert_failed,
  i."drop",
  i.early_drop,
  i.clash_resolve,
  i.chaintoolong,
  i.invalid,
  i.pairs,
  l.lost_half,
  l.lost_both,
  l.not_reached
from narrowed.conntrack_intervals as i
inner join sources as s on s.source_id = i.source_id
left join losses as l on l.source_id = i.source_id and l.from_time = i.from_time and l.to_time = i.to_time
where (
  l.source_id is not null
  or coalesce(i.insert_failed, 0)
  + coalesce(i."drop", 0)
  + coalesce(i.early_drop, 0)
  + coalesce(i.clash_resolve, 0)
  + coalesce(i.chaintoolong, 0)
  > 0
)
order by source, i.to_time
