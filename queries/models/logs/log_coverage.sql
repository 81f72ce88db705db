-- ---
-- title: Log coverage
-- description: >
--   One row per log and server whose answers it has lines for, with the share of that server's answered transactions,
--   among those that the Corefile has it log, that have a line, and the log's clock against the captures'. Only where
--   it is complete does a missing line mean that a query never came.
-- from: [work.log_coverage, work.address_ids]
-- materialized: view
-- key: [source_id, server]
-- columns:
--   server: address of the server whose answers the log has
--   matched: those of answered that have a line
--   answered: transactions that it answered, of those that its Corefile has it log
--   coverage_share: matched, of answered
--   complete: whether nearly all of them have a line, so that a missing one means that a query never came
--   clock_offset_seconds: how far the log's clock is ahead of the captures'; seconds
--   from_time: first moment that the log covers, UTC
--   until_time: last moment that the log covers, UTC
-- ---
select
  c.source_id,
  a.address as server,
  c.matched,
  c.answered,
  c.coverage as coverage_share,
  c.is_complete as complete,
  c.offset_ns / 1e9 as clock_offset_seconds,
  make_timestamp_ns(c.from_ns) as from_time,
  make_timestamp_ns(c.until_ns) as until_time
from work.log_coverage as c
inner join work.address_ids as a on a.raw_id = c.server_id
