-- ---
-- title: Histogram of durations inside the server
-- description: >
--   One row per log and class of durations, each class twice as long as the one before: two humps are a cache's hits
--   and its misses.
-- kind: chart
-- requires: [log_queries]
-- columns:
--   log: path of the log
--   duration_seconds: lower end of the class; seconds
--   up_to_seconds: upper end of the class; seconds
--   lines: query lines in it
--   share: of the log's lines with a duration
-- chart: {mark: bar, x: duration_seconds, x_end: up_to_seconds, x_scale: log, y: lines, panel: log}
-- ---
with classes as (
  select source_id, power(2e0, ceiling(ln(greatest(duration_seconds, 1e-6)) / ln(2e0))) as up_to_seconds
  from narrowed.log_queries
  where duration_seconds is not null
)
select
  s.path as log,
  c.up_to_seconds / 2 as duration_seconds,
  c.up_to_seconds,
  count(*) as lines,
  cast(count(*) as double) / sum(count(*)) over (partition by s.path) as share
from classes as c
inner join sources as s on s.source_id = c.source_id
group by s.path, c.up_to_seconds
order by log, c.up_to_seconds
