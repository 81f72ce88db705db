-- ---
-- title: Causes, each with its verdict
-- description: >
--   One row a known cause: what it was, what it was not, how sure, who was hit, what to change, what to collect. Sorted by how much it matters.
-- kind: table
-- columns:
--   cause: the cause
--   verdict: confirmed, likely, possible, ruled_out or no_evidence
--   summary: the verdict in one sentence, with its numbers
--   findings: further numbers
--   clients: addresses that were hit, with their workload where known
--   first_seen: first sign, UTC
--   last_seen: last sign, UTC
--   evidence: three example rows, with file and frame
--   change: what to change
--   collect: what to collect next, as commands
--   kind: fault, or cost that hurts no lookup yet
--   lookups: slow or failed lookups that are blamed on it
--   lookup_seconds: seconds that these took together
-- ---
select
  cause,
  verdict,
  summary,
  findings,
  clients,
  first_seen,
  last_seen,
  evidence,
  change,
  collect,
  kind,
  lookups,
  lookup_seconds
from causes
order by
  case verdict when 'confirmed' then 0 when 'likely' then 1 when 'possible' then 2 when 'no_evidence' then 3 else 4 end,
  case kind when 'fault' then 0 else 1 end,
  lookups desc,
  cause
