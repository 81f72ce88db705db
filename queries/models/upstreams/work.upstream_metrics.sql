-- ---
-- title: What CoreDNS's metrics say of each upstream
-- description: >
--   One row per upstream and way of counting (risen: between two readings; else since CoreDNS began): the queries that
--   it answered, how many of them late, how many with an error, and the health checks that it failed. Where both
--   generations of metrics are there the newer one counts.
-- from: [counter_series]
-- materialized: table
-- ---
with series as (
  select
    counter,
    starts_with(counter, 'coredns_proxy_') as is_newer,
    json_extract_string(labels, '$.to') as upstream,
    json_extract_string(labels, '$.rcode') as rcode,
    try_cast(json_extract_string(labels, '$.le') as double) as le,
    -- all values of one metric of a server are counted one way: they are held against each other
    bool_or(increase is not null) over of_server as risen,
    if(bool_or(increase is not null) over of_server, coalesce(increase, 0), last_value) as value
  from counter_series
  where origin = 'coredns' and (starts_with(counter, 'coredns_forward_') or starts_with(counter, 'coredns_proxy_'))
    and json_extract_string(labels, '$.to') is not null
  window of_server as (partition by source_id, instance, counter)
),
-- the limits of the classes are powers of two of 0.25 ms
edges as (
  select upstream, risen, is_newer, min(le) as edge
  from series
  where ends_with(counter, '_request_duration_seconds_bucket') and le >= $late_upstream_seconds
  group by upstream, risen, is_newer
),
each_way as (
  select
    s.upstream,
    s.risen,
    s.is_newer,
    sum(s.value) filter (where ends_with(s.counter, '_request_duration_seconds_count')) as timed,
    sum(s.value) filter (where ends_with(s.counter, '_request_duration_seconds_bucket') and s.le = e.edge) as quick,
    any_value(e.edge) as edge,
    coalesce(
      sum(s.value) filter (where s.counter = 'coredns_forward_responses_total'),
      sum(s.value) filter (where ends_with(s.counter, '_request_duration_seconds_count') and s.rcode is not null)
    ) as answered,
    coalesce(
      sum(s.value) filter (where s.counter = 'coredns_forward_responses_total' and s.rcode in ('SERVFAIL', 'REFUSED')),
      sum(s.value) filter (
        where ends_with(s.counter, '_request_duration_seconds_count') and s.rcode in ('SERVFAIL', 'REFUSED')
      )
    ) as errors,
    sum(s.value) filter (where ends_with(s.counter, '_healthcheck_failures_total')) as failures
  from series as s
  left join edges as e on e.upstream = s.upstream and e.risen = s.risen and e.is_newer = s.is_newer
  group by s.upstream, s.risen, s.is_newer
)
select
  upstream,
  risen,
  max_by(timed, is_newer) filter (where timed is not null) as timed,
  max_by(timed - quick, is_newer) filter (where timed is not null and quick is not null) as late,
  max_by(edge, is_newer) filter (where edge is not null) as edge,
  max_by(answered, is_newer) filter (where answered is not null) as answered,
  coalesce(max_by(errors, is_newer) filter (where answered is not null), 0) as errors,
  coalesce(max_by(failures, is_newer) filter (where failures is not null), 0) as failures
from each_way
group by upstream, risen
