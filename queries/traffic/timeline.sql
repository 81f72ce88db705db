-- ---
-- title: The incident's time line
-- description: >
--   One row per measure and window of time, all measures on one time axis: queries, the share of NXDOMAIN, slow or failed lookups, A/AAAA pairs
--   that lost one half, and the rise of each conntrack counter that rose, over the interval between two samples.
--   A window that no capture covers has no value, which is no 0. Forwarders' own queries are left out.
-- kind: chart
-- requires: [transactions]
-- params:
--   window_seconds: {type: integer, default: null, description: length of a window in seconds; by default about a hundredth of the time}
-- columns:
--   measure: what is measured
--   from_time: start of the window, or the sample before, UTC
--   to_time: end of the window, or the sample after, UTC
--   value: a rate, share or count, as the measure says; null where nothing was captured
-- chart: {mark: bar, x: from_time, x_end: to_time, y: value, panel: measure}
-- ---
with asked as (
  select date_diff('second', timestamp '1970-01-01 00:00:00', asked_at) as at_second, state, rcode
  from narrowed.transactions
  where not from_forwarder
),
captured as (
  select
    date_diff('second', timestamp '1970-01-01 00:00:00', greatest(first_time, coalesce($since::timestamp_ns, first_time))) as from_second,
    least(
      date_diff('second', timestamp '1970-01-01 00:00:00', last_time),
      date_diff('second', timestamp '1970-01-01 00:00:00', coalesce($until::timestamp_ns, last_time)) - case when $until::timestamp_ns is null then 0 else 1 end
    ) as to_second
  from sources
  where is_capture
    and first_time is not null
    and ($since::timestamp_ns is null or last_time >= $since::timestamp_ns)
    and ($until::timestamp_ns is null or first_time < $until::timestamp_ns)
),
span as (
  select min(from_second) as from_second, max(to_second) as to_second
  from captured
),
sized as (
  select
    from_second, to_second,
    case
      when $window_seconds::bigint > 0 then greatest($window_seconds::bigint, cast(ceiling((to_second - from_second) / 990e0) as bigint))
      when to_second - from_second <= 120 then 1
      when to_second - from_second <= 240 then 2
      when to_second - from_second <= 600 then 5
      when to_second - from_second <= 1200 then 10
      when to_second - from_second <= 3600 then 30
      when to_second - from_second <= 7200 then 60
      when to_second - from_second <= 36000 then 300
      when to_second - from_second <= 108000 then 900
      when to_second - from_second <= 432000 then 3600
      else cast(ceiling((to_second - from_second) / 100e0 / 21600e0) as bigint) * 21600
    end as size
  from span
),
digits as (
  select n
  from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as d (n)
),
windows as (
  select
    cast(floor(cast(s.from_second as double) / s.size) as bigint) + o.n + 10 * t.n + 100 * h.n as number,
    s.size
  from sized as s
  cross join digits as o
  cross join digits as t
  cross join digits as h
  where cast(floor(cast(s.from_second as double) / s.size) as bigint) + o.n + 10 * t.n + 100 * h.n
    <= cast(floor(cast(s.to_second as double) / s.size) as bigint)
),
covered as (
  select w.number, w.size, count(c.from_second) > 0 as is_covered
  from windows as w
  left join captured as c on c.from_second < (w.number + 1) * w.size and c.to_second >= w.number * w.size
  group by w.number, w.size
),
queries as (
  select
    cast(floor(cast(a.at_second as double) / s.size) as bigint) as number,
    count(*) as queries,
    count_if(a.state = 'answered') as answered,
    count_if(a.rcode = 'NXDOMAIN') as nxdomain
  from asked as a
  cross join sized as s
  group by 1
),
slow as (
  select
    cast(floor(cast(date_diff('second', timestamp '1970-01-01 00:00:00', l.started_at) as double) / s.size) as bigint) as number,
    count(*) as lookups
  from narrowed.lookups as l
  cross join sized as s
  where l.cause is not null
  group by 1
),
halves as (
  select
    cast(floor(cast(date_diff('second', timestamp '1970-01-01 00:00:00', t.asked_at) as double) / s.size) as bigint) as number,
    count(*) as pairs
  from narrowed.twins as t
  cross join sized as s
  where t.lost_half
    and t.client not in (select c.client from clients as c where c.is_forwarder)
  group by 1
),
counted as (
  select
    c.number, c.size,
    c.is_covered or q.queries is not null as is_seen,
    coalesce(q.queries, 0) as queries,
    coalesce(q.answered, 0) as answered,
    coalesce(q.nxdomain, 0) as nxdomain,
    coalesce(l.lookups, 0) as slow_lookups,
    coalesce(h.pairs, 0) as lost_halves
  from covered as c
  left join queries as q on q.number = c.number
  left join slow as l on l.number = c.number
  left join halves as h on h.number = c.number
),
intervals as (
  select
    d.counter, d.increase, s.size,
    date_diff('second', timestamp '1970-01-01 00:00:00', d.from_time) as from_second,
    date_diff('second', timestamp '1970-01-01 00:00:00', d.to_time) as to_second
  from conntrack_deltas as d
  cross join sized as s
  where d.from_time is not null
    and d.to_time is not null
    and d.counter not in ('found', 'searched', 'insert', 'ignore')
    and date_diff('second', timestamp '1970-01-01 00:00:00', d.to_time) > s.from_second
    and date_diff('second', timestamp '1970-01-01 00:00:00', d.from_time) <= s.to_second
),
rises as (
  -- intervals shorter than a window are put together, a longer one stays as it is
  select
    counter,
    case when to_second - from_second < size then cast(floor(cast(from_second as double) / size) as bigint) * size else from_second end as from_second,
    case when to_second - from_second < size then (cast(floor(cast(from_second as double) / size) as bigint) + 1) * size else to_second end as to_second,
    increase
  from intervals
),
rising as (
  select counter
  from rises
  group by counter
  having sum(increase) > 0
),
measured as (
  select 1 as place, 'queries per second' as measure, number * size as from_second, (number + 1) * size as to_second,
    case when is_seen then cast(queries as double) / size end as value
  from counted
  union all
  select 2 as place, 'NXDOMAIN share' as measure, number * size as from_second, (number + 1) * size as to_second,
    case when is_seen then cast(nxdomain as double) / answered end as value
  from counted
  where answered > 0 or not is_seen
  union all
  select 3 as place, 'slow or failed lookups' as measure, number * size as from_second, (number + 1) * size as to_second,
    case when is_seen then cast(slow_lookups as double) end as value
  from counted
  union all
  select 4 as place, 'A/AAAA pairs that lost one half' as measure, number * size as from_second, (number + 1) * size as to_second,
    case when is_seen then cast(lost_halves as double) end as value
  from counted
  union all
  select 5 as place, 'conntrack ' || r.counter as measure, r.from_second, r.to_second, cast(sum(r.increase) as double) as value
  from rises as r
  inner join rising as g on g.counter = r.counter
  group by r.counter, r.from_second, r.to_second
)
select
  measure,
  cast(plus_seconds(timestamp '1970-01-01 00:00:00', from_second) as timestamp) as from_time,
  cast(plus_seconds(timestamp '1970-01-01 00:00:00', to_second) as timestamp) as to_time,
  value
from measured
order by place, measure, from_time
