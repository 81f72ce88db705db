-- ---
-- title: What was read
-- description: One row per input; what it is, which time it covers, what it gave and what could not be read.
-- kind: table
-- requires: [sources]
-- narrow: [source_id, path, kind, rows, problems, complete]
-- columns:
--   source_id: number of the input
--   path: path as it was given
--   kind: kind of evidence
--   label: node or pod, if known
--   first_time: earliest instant, UTC; empty where it has no times
--   last_time: latest instant, UTC
--   time_base: what its times are worth, date, local (zone not told, taken as UTC), day (of an unknown day) or order
--     (none, only their order is known)
--   covered_seconds: between the two; seconds
--   rows: rows of evidence
--   problems: things that could not be read
--   complete: read to its end, and its end is where it should be
--   why_incomplete: where and why it stops
--   bytes: size of the input as it was read; bytes
--   sha256: its hash, so that it can be known again
-- ---
select
  source_id,
  path,
  kind,
  label,
  first_time,
  last_time,
  time_base,
  date_diff('millisecond', first_time, last_time) / 1e3 as covered_seconds,
  "rows",
  problems,
  complete,
  why_incomplete,
  bytes,
  sha256
from sources
order by kind, first_time, path
