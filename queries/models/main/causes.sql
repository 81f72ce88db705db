-- ---
-- title: Causes
-- description: >
--   One row a known cause, with its verdict: confirmed, likely, possible, ruled_out or no_evidence. A fault hurts lookups; a cost hurts none yet.
-- from: [work.verdicts, work.cause_rows, work.lookup_causes, work.wire_lookups]
-- materialized: table
-- ---
with rows_of as (
  select
    cause,
    list_sort(list_distinct(list(client))) as clients,
    min(ns) as first_ns,
    max(ended_ns) as last_ns,
    list(example order by ns)[1:3] as evidence
  from work.cause_rows
  group by cause
),
blamed as (
  select c.cause, count(*) as lookups, sum(l.ended_ns - l.started_ns) / 1e9 as seconds
  from work.lookup_causes as c
  inner join work.wire_lookups as l on l.lookup_id = c.lookup_id
  group by c.cause
)
select
  v.cause,
  v.title,
  v.verdict,
  v.kind,
  v.summary,
  v.findings,
  case when v.verdict in ('ruled_out', 'no_evidence') then [] else coalesce(r.clients, []) end as clients,
  case when v.verdict not in ('ruled_out', 'no_evidence') then make_timestamp_ns(r.first_ns) end as first_seen,
  case when v.verdict not in ('ruled_out', 'no_evidence') then make_timestamp_ns(r.last_ns) end as last_seen,
  case when v.verdict in ('ruled_out', 'no_evidence') then [] else coalesce(r.evidence, []) end as evidence,
  v.change,
  v.collect,
  coalesce(b.lookups, 0) as lookups,
  coalesce(b.seconds, 0) as lookup_seconds
from work.verdicts as v
left join rows_of as r on r.cause = v.cause
left join blamed as b on b.cause = v.cause
