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
  c.cause,
  c.verdict,
  c.summary,
  c.findings,
  c.clients,
  c.first_seen,
  c.last_seen,
  c.evidence,
  c.change,
  c.collect,
  c.kind,
  coalesce(b.lookups, 0) as lookups,
  coalesce(b.lookup_seconds, 0) as lookup_seconds,
  c.title,
  case
    when c.verdict in ('ruled_out', 'no_evidence') then null
    when w.wasted > 0 then 'at most ' || grouped(w.wasted) || ' of ' || counted(w.queries, 'query', 'queries')
  end as saves,
  case when c.verdict not in ('ruled_out', 'no_evidence') then coalesce(b.worst_lookup_id, w.worst_lookup_id) end
    as worst_lookup_id,
  c.look,
  c.rule,
  c.numbers,
  c.panels,
  c.root
from causes as c
left join causes as r on r.cause = c.root
left join families as f on f.root = coalesce(c.root, c.cause)
left join blamed as b on b.cause = c.cause
left join walked as w on w.cause = c.cause
order by
  case c.verdict when 'no_evidence' then 1 when 'ruled_out' then 2 else 0 end,
  case coalesce(r.kind, c.kind) when 'fault' then 0 else 1 end,
  coalesce(f.lookup_seconds, 0) desc,
  coalesce(f.lookups, 0) desc,
  case coalesce(r.verdict, c.verdict) when 'confirmed' then 0 when 'likely' then 1 else 2 end,
  coalesce(c.root, c.cause),
  case when c.root is null then 0 else 1 end,
  lookup_seconds desc,
  c.cause
