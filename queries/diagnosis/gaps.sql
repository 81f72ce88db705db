-- ---
-- title: What was asked for and did not come
-- description: >
--   One row per kind of evidence and reason why `dnslens collect` did not get it, the most first. No row where all
--   came, or the evidence was gathered otherwise.
-- kind: table
-- columns:
--   evidence: captures, counters, logs, metrics, configurations, objects, records or interfaces
--   why: what the cluster, or the program that was run, said
--   things: how much of that kind failed for it
--   what: the first of it by name
-- ---
select
  evidence,
  failed as why,
  count(*) as things,
  min(what) as what
from collected
where failed is not null
group by evidence, failed
order by things desc, evidence, why
