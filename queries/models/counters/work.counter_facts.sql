-- ---
-- title: What counters say of DNS trouble
-- description: >
--   One row: by how much counters of trouble rose between two readings (0 where none did or none can be compared), and
--   what those stand at of which there is one reading only.
-- from: [work.counter_sums, counter_series]
-- materialized: table
-- key: []
-- ---
with told as (
  select
    origin, counter, coalesce(rise, 0) as rise, coalesce(total, 0) as since_boot, rise is not null as compared, risen_at
  from work.counter_sums
),
sockets as (
  select
    format('{} ({})', instance, coalesce(json_extract_string(labels, '$.process'), 'its program is not told')) as name,
    max(last_value) filter (where counter = 'receive_queue_bytes') as waiting,
    max(last_value) filter (where counter = 'receive_buffer_bytes') as room,
    max(last_value) filter (where counter = 'drops') as drops,
    sum(increase) filter (where counter = 'drops') as risen
  from counter_series
  -- the stub of systemd-resolved is no server of pods
  where origin = 'socket' and not starts_with(coalesce(instance, ''), '127.0.0.5')
  group by source_id, instance, labels
),
full_ones as (
  select name || if(room is null, format(', if it has the usual {:,d} bytes', $socket_bytes::BIGINT), '') as name
  from sockets
  where waiting >= $socket_full_share * coalesce(room, $socket_bytes)
)
select
  coalesce(sum(rise) filter (where counter = 'linklocal_allowance_exceeded'), 0)::BIGINT as linklocal_rise,
  coalesce(sum(since_boot) filter (where counter = 'linklocal_allowance_exceeded'), 0)::BIGINT as linklocal_total,
  coalesce(bool_or(compared) filter (where counter = 'linklocal_allowance_exceeded'), false) as linklocal_compared,
  coalesce(max(risen_at) filter (where counter = 'linklocal_allowance_exceeded'), '') as linklocal_at,
  coalesce(sum(rise) filter (where counter = 'conntrack_allowance_exceeded'), 0)::BIGINT as tracking_rise,
  coalesce(sum(since_boot) filter (where counter = 'conntrack_allowance_exceeded'), 0)::BIGINT as tracking_total,
  coalesce(
    sum(rise) filter (
      where counter in ('pps_allowance_exceeded', 'bw_in_allowance_exceeded', 'bw_out_allowance_exceeded')
    ),
    0
  )::BIGINT as instance_rise,
  coalesce(sum(rise) filter (where origin = 'softnet' and counter = 'dropped'), 0)::BIGINT as backlog_rise,
  coalesce(sum(rise) filter (where counter in ('UdpRcvbufErrors', 'Udp6RcvbufErrors')), 0)::BIGINT as buffer_rise,
  coalesce(sum(rise) filter (where counter = 'coredns_forward_max_concurrent_rejects_total'), 0)::BIGINT as reject_rise,
  coalesce(sum(since_boot) filter (where counter = 'coredns_forward_max_concurrent_rejects_total'), 0)::BIGINT
    as reject_total,
  coalesce(sum(rise) filter (where counter = 'coredns_forward_healthcheck_broken_total'), 0)::BIGINT as broken_rise,
  (select count(*) from full_ones) as full_sockets,
  (select work.some_of(list(distinct name order by name)) from full_ones) as full_names,
  (select coalesce(sum(risen), 0)::BIGINT from sockets) as socket_drop_rise,
  (select work.some_of(list(distinct name order by name)) from sockets where risen > 0) as socket_drop_names,
  (select coalesce(sum(drops) filter (where risen is null), 0)::BIGINT from sockets) as socket_drop_total,
  (
    select work.some_of(list(distinct name order by name))
    from sockets
    where risen is null and drops > 0
  ) as socket_total_names
from told
