-- ---
-- title: Packets that the kernel dropped for a bad UDP checksum
-- description: One row per place they were sent to, by the kernel's log; whether that is an overlay's port (VXLAN,
--   Geneve), how many, and from when to when; untimed where a line has no date.
-- from: [raw.log_events]
-- materialized: view
-- ---
select
  place.host as host,
  place.port as port,
  -- VXLAN (RFC 7348), VXLAN as Linux and flannel number it, Geneve (RFC 8926)
  place.port in ('4789', '8472', '6081') as of_overlay,
  packets,
  from_ns,
  until_ns,
  untimed
from (
  select
    regexp_extract(upstream, '^(.*):(\d+)$', ['host', 'port']) as place,
    sum(count)::BIGINT as packets,
    min(epoch_ns(time)) as from_ns,
    max(epoch_ns(time)) as until_ns,
    bool_or(time is null) as untimed
  from raw.log_events
  where event = 'kernel-bad-checksum'
  group by 1
) as p
