-- ---
-- title: Gaps in the evidence
-- description: >
--   One row per stretch of time longer than the limit in which a source has nothing: a capture (all its files together)
--   without DNS, a log without lines, a counter without samples. Nothing can be said of it, unless the clients were
--   silent too.
-- kind: table
-- requires: [sources]
-- params:
--   limit_seconds: {type: number, default: 10, description: "shortest gap to show, 1 or more; seconds"}
-- columns:
--   source: path of the input, of several files the one before the gap
--   kind: kind of evidence
--   from_time: last thing before the gap, UTC
--   to_time: first thing after it, UTC
--   gap_seconds: how long; seconds
-- ---
-- files of one capture follow each other; inside of a second of activity no gap is as long as one
with followed as (
  select
    t.first_time,
    t.last_time,
    s.path,
    s.kind,
    s.capture_id,
    case when s.capture_id is null then t.source_id end as other_id
  from activity as t
  inner join sources as s on s.source_id = t.source_id
  where t.first_time is not null
),
steps as (
  select
    kind,
    first_time as to_time,
    lag(last_time) over (partition by capture_id, other_id order by first_time, last_time) as from_time,
    lag(path) over (partition by capture_id, other_id order by first_time, last_time) as source
  from followed
)
select
  g.source,
  g.kind,
  g.from_time,
  g.to_time,
  date_diff('millisecond', g.from_time, g.to_time) / 1e3 as gap_seconds
from steps as g
where date_diff('millisecond', g.from_time, g.to_time) / 1e3 > greatest($limit_seconds::double, 1)
  and ($since::timestamp_ns is null or g.to_time >= $since::timestamp_ns)
  and ($until::timestamp_ns is null or g.from_time < $until::timestamp_ns)
order by gap_seconds desc, source, g.from_time
