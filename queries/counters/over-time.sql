-- ---
-- title: Counters over time
-- description: One row per interval and counter, over all interfaces, CPUs and labels of one input; counters of trouble
--   that rose at some time, and queries and answers of CoreDNS.
-- kind: chart
-- requires: [counter_deltas]
-- columns:
--   from_time: reading before, UTC
--   to_time: reading after, UTC
--   counter: its name
--   per_second: by how much it rose a second
-- chart: {mark: bar, x: from_time, x_end: to_time, y: per_second, panel: counter}
-- ---
with rises as (
  select
    source_id, from_time, to_time, counter, max(cast(is_trouble as integer)) as is_trouble, sum(increase) as increase
  from narrowed.counter_deltas
  where from_time < to_time
  group by source_id, from_time, to_time, counter
),
shown as (
  select counter
  from rises
  group by counter
  having max(increase) > 0
    and (
      max(is_trouble) = 1
      or counter in ('coredns_dns_requests_total', 'coredns_dns_responses_total', 'coredns_cache_hits_total')
    )
)
select
  r.from_time, r.to_time, r.counter, r.increase / (date_diff('millisecond', r.from_time, r.to_time) / 1e3) as per_second
from rises as r
inner join shown as s on s.counter = r.counter
where date_diff('millisecond', r.from_time, r.to_time) > 0
order by r.counter, r.from_time, r.to_time, r.source_id
