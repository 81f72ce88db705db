-- ---
-- title: Causes
-- description: >
--   One row per known cause, with its verdict: confirmed, likely, possible, ruled_out or no_evidence; the rule that
--   gave it, and its numbers as a JSON object. A fault hurts lookups; a cost hurts none yet. root is the cause that
--   this one is a consequence of on this evidence.
-- from: [work.verdicts, work.known_causes, work.cause_loads, work.cause_rows, work.cause_examples, work.address_names]
-- materialized: table
-- key: [cause]
-- columns:
--   cause: name of the cause; dnslens explain and fix take it
--   title: what it is, in a few words
--   verdict: confirmed, likely, possible, ruled_out or no_evidence
--   kind: fault (hurts lookups) or cost (hurts none yet)
--   summary: why the verdict is so, in a sentence
--   findings: further sentences
--   clients: clients that it hit, by pod where known
--   first_seen: its first sign, UTC; null where it was not found
--   last_seen: its last sign, UTC; null where it was not found
--   evidence: examples, as sentences with frame or line
--   change: what to change, the best first
--   collect: commands that would make it surer
--   look: queries that show more of it
--   panels: panels of a page's time line that show it
--   lookups: slow and failed lookups that are blamed on it
--   lookup_seconds: what those lookups waited for it; seconds
--   rule: the rule of the cause that gave the verdict
--   numbers: what the rules were tried on, as a JSON object
--   root: the cause that this one is a consequence of here; null where it stands by itself
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
judged as (
  select *, verdict not in ('ruled_out', 'no_evidence') as found from work.verdicts
)
select
  judged.cause,
  known_causes.title,
  judged.verdict,
  known_causes.kind,
  judged.summary,
  judged.findings,
  case when judged.found then coalesce(rows_of.clients, []) else [] end as clients,
  case when judged.found then make_timestamp_ns(rows_of.first_ns) end as first_seen,
  case when judged.found then make_timestamp_ns(rows_of.last_ns) end as last_seen,
  case when judged.found then coalesce(examples.evidence, []) else [] end as evidence,
  judged.change,
  known_causes.collect,
  known_causes.look,
  known_causes.panels,
  cause_loads.blamed as lookups,
  cause_loads.blamed_seconds as lookup_seconds,
  judged.rule,
  judged.numbers,
  judged.root
from judged
inner join work.known_causes on known_causes.cause = judged.cause
inner join work.cause_loads on cause_loads.cause = judged.cause
left join rows_of on rows_of.cause = judged.cause
left join examples on examples.cause = judged.cause
