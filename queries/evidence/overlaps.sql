-- ---
-- title: Which evidence covers the same time
-- description: >
--   One row per capture (all its files together) and another source with times; how much of the capture's time the
--   other covers. What does not overlap cannot be put together: a clock that is off, or a log of another hour.
-- kind: table
-- requires: [sources]
-- columns:
--   capture: path of the capture, of several files the first
--   other: path of the other source
--   kind: kind of the other
--   overlap_seconds: time that both cover; seconds
--   capture_share: of the capture's time
--   before_seconds: by which the other begins before the capture; negative if later; seconds
--   after_seconds: by which it ends after the capture; negative if earlier; seconds
-- ---
with captures as (
  select capture_id, min_by(path, first_time) as path, min(first_time) as first_time, max(last_time) as last_time
  from sources
  where capture_id is not null
  group by capture_id
),
pairs as (
  select
    c.path as capture,
    s.path as other,
    s.kind,
    c.first_time as capture_first,
    c.last_time as capture_last,
    s.first_time,
    s.last_time,
    date_diff('millisecond', greatest(c.first_time, s.first_time), least(c.last_time, s.last_time)) / 1e3 as seconds
  from captures as c
  inner join sources as s on s.capture_id is distinct from c.capture_id and s.first_time is not null
)
select
  capture,
  other,
  kind,
  case when seconds > 0 then seconds else 0e0 end as overlap_seconds,
  case when seconds > 0 then seconds else 0e0 end
  / nullif(date_diff('millisecond', capture_first, capture_last) / 1e3, 0e0) as capture_share,
  date_diff('millisecond', first_time, capture_first) / 1e3 as before_seconds,
  date_diff('millisecond', capture_last, last_time) / 1e3 as after_seconds
from pairs
order by capture, overlap_seconds, other
