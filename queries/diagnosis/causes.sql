-- ---
-- title: Causes, each with its verdict
-- description: >
--   One row per known cause: what it was, what it was not, how sure, who was hit, what to change, what to collect.
--   Those found first, faults before costs, by the seconds and lookups that they cost; what is a consequence of another
--   stands after that one.
-- kind: table
-- narrow: [cause, verdict, lookups, lookup_seconds, summary]
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
--   lookups: slow or failed lookups that are blamed on it; of the clients and times asked for, as are lookup_seconds,
--     saves and worst_lookup_id
--   lookup_seconds: seconds that these took together
--   title: the cause in words
--   saves: what the change would have saved in this evidence beside the lookups that were hurt; null where no number is
--     known
--   worst_lookup_id: the longest lookup that is blamed on it; for search-amplification the one with most queries
--   look: ids of the queries to look at next
--   rule: the rule of the cause that gave the verdict
--   numbers: the figures that the rules read, as a JSON object
--   panels: measures of the time line (traffic/timeline) that show it
--   root: the cause that this one is a consequence of; null where it is none
-- ---
with blamed as (
  select
    cause,
    count(*) as lookups,
    round(coalesce(sum(seconds), 0), 9) as lookup_seconds,
    max_by(lookup_id, row(coalesce(seconds, 0), -lookup_id)) as worst_lookup_id
  from narrowed.lookups
  where cause is not null
  group by cause
),
walked as (
  select
    'search-amplification' as cause,
    max_by(lookup_id, row(queries, -lookup_id)) as worst_lookup_id,
    sum(wasted_queries) as wasted,
    sum(queries) as queries
  from narrowed.lookups
),
-- a root counts with what its consequences cost
families as (
  select coalesce(c.root, c.cause) as root, sum(b.lookup_seconds) as lookup_seconds, sum(b.lookups) as lookups
  from causes as c
  inner join blamed as b on b.cause = c.cause
  where c.verdict not in ('ruled_out', 'no_evidence')
  group by coalesce(c.root, c.cause)
)
select
  causes.cause,
  causes.verdict,
  causes.summary,
  causes.findings,
  causes.clients,
  causes.first_seen,
  causes.last_seen,
  causes.evidence,
  causes.change,
  causes.collect,
  causes.kind,
  coalesce(blamed.lookups, 0) as lookups,
  coalesce(blamed.lookup_seconds, 0) as lookup_seconds,
  causes.title,
  case
    when causes.verdict in ('ruled_out', 'no_evidence') then null
    when walked.wasted > 0
      then 'at most ' || grouped(walked.wasted) || ' of ' || counted(walked.queries, 'query', 'queries')
  end as saves,
  case
    when causes.verdict not in ('ruled_out', 'no_evidence')
      then coalesce(blamed.worst_lookup_id, walked.worst_lookup_id)
  end
    as worst_lookup_id,
  causes.look,
  causes.rule,
  causes.numbers,
  causes.panels,
  causes.root
from causes
left join causes as root_cause on root_cause.cause = causes.root
left join families on families.root = coalesce(causes.root, causes.cause)
left join blamed on blamed.cause = causes.cause
left join walked on walked.cause = causes.cause
order by
  case causes.verdict when 'no_evidence' then 1 when 'ruled_out' then 2 else 0 end,
  case coalesce(root_cause.kind, causes.kind) when 'fault' then 0 else 1 end,
  coalesce(families.lookup_seconds, 0) desc,
  coalesce(families.lookups, 0) desc,
  case coalesce(root_cause.verdict, causes.verdict) when 'confirmed' then 0 when 'likely' then 1 else 2 end,
  coalesce(causes.root, causes.cause),
  case when causes.root is null then 0 else 1 end,
  lookup_seconds desc,
  causes.cause
