-- ---
-- title: What each counter stood at and by how much it rose
-- description: >
--   One row per counter of one source and server: its readings, first and last value, and by how much it rose over the
--   intervals that can be compared (null where there are none: one reading says what came since boot or start, and not
--   when).
-- from: [raw.counters, counter_deltas]
-- materialized: table
-- columns:
--   about: what the counter counts
--   meaning: 'total: since its program or node began; level: what is now; unclear: a total, or what came since the tool
--     ran last'
--   samples: readings of it
--   first_at: when it was first read, UTC
--   last_at: when it was last read, UTC
--   first_value: its first reading
--   last_value: its last reading
--   counting_since: since when it counts, UTC; null where not known
--   intervals: intervals between readings that can be compared
--   increase: by how much it rose over those intervals; null where there are none
-- ---
with readings as (
  select
    source_id,
    origin,
    instance,
    counter,
    labels,
    any_value(about) as about,
    any_value(meaning) as meaning,
    bool_or(is_trouble) as is_trouble,
    count(*) as samples,
    min(time) as first_at,
    max(time) as last_at,
    min_by(value, (time, sample)) as first_value,
    max_by(value, (time, sample)) as last_value,
    max(counting_since) as counting_since
  from raw.counters
  group by source_id, origin, instance, counter, labels
),
rises as (
  select source_id, origin, instance, counter, labels, count(increase) as intervals, sum(increase) as increase
  from counter_deltas
  group by source_id, origin, instance, counter, labels
)
select
  r.source_id,
  r.origin,
  r.instance,
  r.counter,
  r.labels,
  r.about,
  r.meaning,
  r.is_trouble,
  r.samples,
  r.first_at,
  r.last_at,
  r.first_value,
  r.last_value,
  r.counting_since,
  coalesce(s.intervals, 0) as intervals,
  if(s.intervals > 0, s.increase, null) as increase
from readings as r
left join rises as s
  on s.source_id = r.source_id
    and s.origin = r.origin
    and s.instance is not distinct from r.instance
    and s.counter = r.counter
    and s.labels = r.labels
