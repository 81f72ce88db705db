-- ---
-- title: The incident's time line
-- description: >
--   One row per measure and window of time, all measures on one time axis: queries, slow or failed lookups by cause,
--   what was lost and where, the most packets in a second to upstreams beside their limit, what upstreams did not
--   answer, errors, and the rise of each conntrack counter that rose, over the interval between two samples. A measure
--   of which nothing was seen has no rows, nor has a server that is not among the three with most of it. A window that
--   no capture covers has no value, which is no 0. Forwarders' own queries are left out but where upstreams are named.
-- kind: chart
-- requires: [transactions]
-- params:
--   window_seconds: {type: integer, default: null,
--     description: length of a window in seconds; by default about a hundredth of the time}
--   packets_a_second: {type: integer, default: 1024,
--     description: packets a second that an interface may send to the upstreams; the limit that is drawn}
-- columns:
--   measure: "what is measured, then the cause, server or upstream after a colon"
--   from_time: start of the window, or the sample before, UTC
--   to_time: end of the window, or the sample after, UTC
--   value: a rate, share or count, as the measure says; null where nothing was captured
--   limit_value: what the value may not pass; null where there is no such limit
-- chart: {mark: bar, x: from_time, x_end: to_time, y: value, panel: measure, beside: limit_value}
-- ---
with asked as (
  select
    date_diff('second', timestamp '1970-01-01 00:00:00', asked_at) as at_second,
    asked_at,
    state,
    rcode,
    truncated,
    response_seconds,
    from_forwarder,
    query_reached_server, response_left_server, server, coalesce(backend, server) as reached
  from narrowed.transactions
),
captured as (
  select
    date_diff(
      'second', timestamp '1970-01-01 00:00:00', greatest(first_time, coalesce($since::timestamp_ns, first_time))
    ) as from_second,
    least(
      date_diff('second', timestamp '1970-01-01 00:00:00', last_time),
      date_diff('second', timestamp '1970-01-01 00:00:00', coalesce($until::timestamp_ns, last_time))
      - case when $until::timestamp_ns is null then 0 else 1 end
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
      when $window_seconds::bigint > 0
        then greatest($window_seconds::bigint, cast(ceiling((to_second - from_second) / 990e0) as bigint))
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
  where not a.from_forwarder
  group by 1
),
slow as (
  select
    cast(floor(cast(date_diff('second', timestamp '1970-01-01 00:00:00', l.started_at) as double) / s.size) as bigint)
      as number,
    l.cause
  from narrowed.lookups as l
  cross join sized as s
  where l.cause is not null
),
halves as (
  select
    cast(floor(cast(date_diff('second', timestamp '1970-01-01 00:00:00', t.asked_at) as double) / s.size) as bigint)
      as number
  from narrowed.twins as t
  cross join sized as s
  where t.lost_half
    and t.client not in (select c.client from clients as c where c.is_forwarder)
),
-- what a query came to, and of whom
troubles as (
  select
    case
      when from_forwarder and state = 'unanswered' then 'unanswered by upstream'
      when from_forwarder and rcode in ('SERVFAIL', 'REFUSED') then 'errors of upstream'
      when from_forwarder then null
      when state = 'unanswered' and response_left_server then 'replies lost from'
      when state = 'unanswered' and query_reached_server then 'unanswered by'
      when state = 'unanswered' and not query_reached_server then 'queries lost on the way to'
      when state = 'unanswered' then 'no answer seen from'
      when truncated then 'truncated answers of'
      when rcode in ('SERVFAIL', 'REFUSED') then rcode || ' from'
    end as trouble,
    case when not from_forwarder and not query_reached_server then server else reached end as address,
    at_second
  from asked
),
events as (
  select
    case when cause = 'unexplained' then 90 else 10 end as place, 'slow or failed lookups: ' || cause as measure, number
  from slow
  union all
  select 30 as place, 'A/AAAA pairs that lost one half' as measure, number
  from halves
  union all
  select
    case when t.trouble in ('unanswered by upstream', 'errors of upstream') then 50 else 20 end as place,
    t.trouble || ': ' || coalesce(v.name, t.address) as measure,
    cast(floor(cast(t.at_second as double) / s.size) as bigint) as number
  from troubles as t
  cross join sized as s
  left join servers as v on v.server = t.address
  where t.trouble is not null
),
-- the three that have most of each
kept as (
  select place, measure
  from (
    select
      place, measure,
      row_number()
        over (partition by place, element_at(split(measure, ': '), 1) order by count(*) desc, measure)
        as turn
    from events
    group by place, measure
  ) as ranked
  where turn <= 3 or place = 10
),
event_sums as (
  select place, measure, number, count(*) as seen
  from events
  group by place, measure, number
),
-- how many went up within a second before each, from one capture: a fixed second would cut a burst in two
upstream_rates as (
  select
    date_diff('second', timestamp '1970-01-01 00:00:00', t.asked_at) as at_second,
    count(*) over (
      partition by coalesce(c.capture_id, t.source_id)
      order by date_diff('microsecond', timestamp '2020-01-01 00:00:00', t.asked_at)
      range between 1000000 preceding and current row
    ) as rate
  from transactions as t
  inner join sources as c on c.source_id = t.source_id
  where t.from_forwarder
    and coalesce(t.backend, t.server) not in (select f.client from clients as f where f.is_forwarder)
),
upstream_peaks as (
  select cast(floor(cast(u.at_second as double) / s.size) as bigint) as number, max(u.rate) as rate
  from upstream_rates as u
  cross join sized as s
  group by 1
),
waits as (
  select
    cast(floor(cast(a.at_second as double) / s.size) as bigint) as number,
    case when a.from_forwarder then 52 else 40 end as place,
    case
      when a.from_forwarder then 'longest upstream answer seconds: ' || coalesce(v.name, a.server)
      else 'longest answer seconds: ' || coalesce(v.name, a.reached)
    end as measure,
    max(a.response_seconds) as seconds
  from asked as a
  cross join sized as s
  left join servers as v on v.server = case when a.from_forwarder then a.server else a.reached end
  where a.response_seconds is not null
  group by 1, 2, 3
),
kept_waits as (
  select place, measure
  from (
    select place, measure, row_number() over (partition by place order by max(seconds) desc, measure) as turn
    from waits
    group by place, measure
  ) as ranked
  where turn <= 3
),
counted as (
  select
    c.number, c.size,
    c.is_covered or q.queries is not null as is_seen,
    coalesce(q.queries, 0) as queries,
    coalesce(q.answered, 0) as answered,
    coalesce(q.nxdomain, 0) as nxdomain
  from covered as c
  left join queries as q on q.number = c.number
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
    case
      when to_second - from_second < size then cast(floor(cast(from_second as double) / size) as bigint) * size else
        from_second
    end as from_second,
    case
      when to_second - from_second < size
        then (cast(floor(cast(from_second as double) / size) as bigint) + 1) * size else to_second
    end as to_second,
    increase
  from intervals
),
rising as (
  select counter
  from rises
  group by counter
  having sum(increase) > 0
),
table_fill as (
  select
    date_diff('second', timestamp '1970-01-01 00:00:00', time) as from_second,
    coalesce(
      date_diff('second', timestamp '1970-01-01 00:00:00', lead(time) over (partition by source_id order by time)),
      date_diff('second', timestamp '1970-01-01 00:00:00', time) + 1
    ) as to_second,
    cast(entries as double) / max_entries as filled
  from conntrack_table
  where time is not null and max_entries > 0 and entries is not null
),
measured as (
  select 1 as place, 'queries per second' as measure, number * size as from_second, (number + 1) * size as to_second,
    case when is_seen then cast(queries as double) / size end as value, cast(null as double) as limit_value
  from counted
  union all
  select 2 as place, 'NXDOMAIN share' as measure, number * size as from_second, (number + 1) * size as to_second,
    case when is_seen then cast(nxdomain as double) / answered end as value, cast(null as double) as limit_value
  from counted
  where answered > 0 or not is_seen
  union all
  select k.place, k.measure, c.number * c.size as from_second, (c.number + 1) * c.size as to_second,
    case when c.is_seen or e.seen > 0 then cast(coalesce(e.seen, 0) as double) end as value,
    cast(null as double) as limit_value
  from kept as k
  cross join counted as c
  left join event_sums as e on e.number = c.number and e.place = k.place and e.measure = k.measure
  union all
  select
    51 as place,
    'most packets in a second to upstreams' as measure,
    c.number * c.size as from_second,
    (c.number + 1) * c.size as to_second,
    case when c.is_seen then cast(coalesce(u.rate, 0) as double) end as value,
    cast($packets_a_second::bigint as double) as limit_value
  from counted as c
  left join upstream_peaks as u on u.number = c.number
  where exists (select 1 from upstream_peaks)
  union all
  select k.place, k.measure, c.number * c.size as from_second, (c.number + 1) * c.size as to_second,
    case when c.is_seen then coalesce(w.seconds, 0) end as value, cast(null as double) as limit_value
  from kept_waits as k
  cross join counted as c
  left join waits as w on w.number = c.number and w.place = k.place and w.measure = k.measure
  where w.seconds is not null or not c.is_seen
  union all
  select
    60 as place,
    'conntrack ' || r.counter as measure,
    r.from_second,
    r.to_second,
    cast(sum(r.increase) as double) as value,
    cast(null as double) as limit_value
  from rises as r
  inner join rising as g on g.counter = r.counter
  group by r.counter, r.from_second, r.to_second
  union all
  select
    61 as place,
    'conntrack table filled share' as measure,
    from_second,
    to_second,
    max(filled) as value,
    1e0 as limit_value
  from table_fill
  group by from_second, to_second
)
select
  measure,
  cast(plus_seconds(timestamp '1970-01-01 00:00:00', from_second) as timestamp) as from_time,
  cast(plus_seconds(timestamp '1970-01-01 00:00:00', to_second) as timestamp) as to_time,
  value,
  limit_value
from measured
order by place, measure, from_time
