-- ---
-- title: Counters beside lost twins
-- description: >
--   One row an interval between two samples of a source in which a counter of trouble rose or the captures show a lost query: what the kernel counted
--   beside what the wire lost in the same interval. insert_failed together with drop, and one twin lost: the insertion race. insert_failed or
--   clash_resolve without a loss: absorbed. drop or early_drop without insert_failed: a full table.
--   Times of samples are whole seconds, so a loss up to a second later than an interval that rose counts in it.
-- kind: table
-- requires: [conntrack_deltas]
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
--   pairs: A and AAAA pairs asked in the interval; null without a capture
--   lost_half: of these, pairs that lost one half
--   lost_both: pairs that lost both
--   not_reached: transactions whose query never reached a server
-- ---
with intervals as (
  select
    source_id,
    from_time,
    to_time,
    sum(case when counter = 'insert_failed' then increase end) as insert_failed,
    sum(case when counter = 'drop' then increase end) as dropped,
    sum(case when counter = 'early_drop' then increase end) as early_drop,
    sum(case when counter = 'clash_resolve' then increase end) as clash_resolve,
    sum(case when counter = 'chaintoolong' then increase end) as chaintoolong,
    sum(case when counter = 'invalid' then increase end) as invalid
  from conntrack_deltas
  where ($since::timestamp_ns is null or to_time > $since::timestamp_ns)
    and ($until::timestamp_ns is null or from_time < $until::timestamp_ns)
  group by source_id, from_time, to_time
),
lost_queries as (
  select
    i.source_id,
    i.to_time,
    row_number() over (
      partition by i.source_id, t.transaction_id
      order by case when coalesce(i.dropped, 0) + coalesce(i.early_drop, 0) > 0 then 0 else 1 end, i.to_time
    ) as choice
  from intervals as i
  inner join transactions as t on t.asked_at >= i.from_time and t.asked_at < i.to_time + interval '1' second
  where t.state = 'unanswered'
    and not t.query_reached_server
    and ($client::varchar is null or t.client = $client::varchar)
),
lost_twins as (
  select
    i.source_id,
    i.to_time,
    t.lost_half,
    t.lost = 'both' as lost_both,
    row_number() over (
      partition by i.source_id, t.a_question_id
      order by case when coalesce(i.dropped, 0) + coalesce(i.early_drop, 0) > 0 then 0 else 1 end, i.to_time
    ) as choice
  from intervals as i
  inner join twins as t on t.asked_at >= i.from_time and t.asked_at < i.to_time + interval '1' second
  where t.lost is not null and ($client::varchar is null or t.client = $client::varchar)
),
pairs as (
  select i.source_id, i.to_time, count(*) as pairs
  from intervals as i
  inner join twins as t on t.asked_at >= i.from_time and t.asked_at < i.to_time
  where $client::varchar is null or t.client = $client::varchar
  group by i.source_id, i.to_time
),
halves as (
  select source_id, to_time, count_if(lost_half) as lost_half, count_if(lost_both) as lost_both
  from lost_twins
  where choice = 1
  group by source_id, to_time
),
unreached as (
  select source_id, to_time, count(*) as not_reached
  from lost_queries
  where choice = 1
  group by source_id, to_time
)
select
  s.path as source,
  i.from_time,
  i.to_time,
  i.insert_failed,
  i.dropped as "drop",
  i.early_drop,
  i.clash_resolve,
  i.chaintoolong,
  i.invalid,
  p.pairs,
  h.lost_half,
  h.lost_both,
  u.not_reached
from intervals as i
inner join sources as s on s.source_id = i.source_id
left join pairs as p on p.source_id = i.source_id and p.to_time = i.to_time
left join halves as h on h.source_id = i.source_id and h.to_time = i.to_time
left join unreached as u on u.source_id = i.source_id and u.to_time = i.to_time
where coalesce(i.insert_failed, 0) + coalesce(i.dropped, 0) + coalesce(i.early_drop, 0) + coalesce(i.clash_resolve, 0) + coalesce(i.chaintoolong, 0)
  + coalesce(h.lost_half, 0) + coalesce(h.lost_both, 0) + coalesce(u.not_reached, 0) > 0
order by source, i.to_time
