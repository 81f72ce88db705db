-- ---
-- title: Conntrack drops while queries were lost
-- description: >
--   One row per source whose drop counter rose in intervals in which the captures show queries that never reached a
--   server: how many of each, in how many intervals, and which sign it is. The counters cover all traffic of the node,
--   the captures only DNS. Times of samples are whole seconds, so a loss up to a second later than an interval that
--   rose counts in it.
-- kind: check
-- severity: high
-- requires: [conntrack_intervals, transactions]
-- narrow: [source, insert_failed, drop, lost_queries, lost_half, sign]
-- columns:
--   source: path of the input
--   intervals: intervals with drops and losses
--   insert_failed: rise in them
--   drop: rise in them
--   early_drop: rise in them
--   lost_queries: transactions in them that never reached a server
--   lost_half: pairs in them that lost one half
--   sign: insertion race, or full table
--   first_at: start of the first such interval, UTC
--   last_at: end of the last, UTC
-- ---
with losses as (
  select
    source_id, from_time, to_time,
    count_if(loss = 'query') as lost_queries,
    count_if(loss = 'half') as lost_half
  from narrowed.conntrack_losses
  group by source_id, from_time, to_time
)
select
  s.path as source,
  count(*) as intervals,
  sum(i.insert_failed) as insert_failed,
  sum(i."drop") as "drop",
  sum(i.early_drop) as early_drop,
  sum(l.lost_queries) as lost_queries,
  sum(l.lost_half) as lost_half,
  case
    when sum(i.insert_failed) > 0 and sum(i.insert_failed) >= 0.8e0 * sum(i."drop")
      then 'insertion race: insert_failed and drop rise together'
    when sum(i.insert_failed) > 0 then 'both: more drops than failed insertions'
    else 'full table: drops without failed insertions'
  end as sign,
  min(i.from_time) as first_at,
  max(i.to_time) as last_at
from narrowed.conntrack_intervals as i
inner join losses as l on l.source_id = i.source_id and l.from_time = i.from_time and l.to_time = i.to_time
inner join sources as s on s.source_id = i.source_id
where l.lost_queries > 0
  and coalesce(i."drop", 0) + coalesce(i.early_drop, 0) > 0
group by s.path
order by lost_queries desc, source
