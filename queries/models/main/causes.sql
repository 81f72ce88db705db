-- ---
-- title: Causes
-- description: >
--   One row a known cause, with its verdict: confirmed, likely, possible, ruled_out or no_evidence. A fault hurts lookups; a cost hurts none yet.
-- from: [work.verdicts, work.cause_rows, work.cause_examples, work.address_names, work.lookup_causes, work.wire_lookups]
-- materialized: table
-- ---
with asking as (
  select r.cause, r.client_id, min(r.ns) as first_ns, max(r.ended_ns) as last_ns
  from work.cause_rows as r
  group by r.cause, r.client_id
),
rows_of as (
  select a.cause, list(n.label order by n.label) as clients, min(a.first_ns) as first_ns, max(a.last_ns) as last_ns
  from asking as a
  inner join work.address_names as n on n.address_id = a.client_id
  group by a.cause
),
examples as (
  select cause, list(example order by ns, transaction_id) as evidence
  from work.cause_examples
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
  case when v.verdict in ('ruled_out', 'no_evidence') then [] else coalesce(e.evidence, []) end as evidence,
  v.change,
  v.collect,
  v.look,
  coalesce(b.lookups, 0) as lookups,
  coalesce(b.seconds, 0) as lookup_seconds
from work.verdicts as v
left join rows_of as r on r.cause = v.cause
left join examples as e on e.cause = v.cause
left join blamed as b on b.cause = v.cause
