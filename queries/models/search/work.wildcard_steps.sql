-- ---
-- title: Steps of walks at suffixes that are none of the cluster's
-- description: >
--   One row per step of a walk for a base name of two labels or more with a search suffix outside of the cluster's
--   zones, and whether it was answered or denied there, with the addresses that it was answered with where answers are
--   kept.
-- from: [work.walks, work.wire_steps, work.client_search, work.foreign_suffixes, work.lookup_steps, work.walk_names,
--   work.judged_transactions, raw.sightings, raw.answers, raw.texts]
-- materialized: table
-- key: [step_id]
-- ---
with steps as (
  select w.step_id, w.base_id, c.suffix, s.qname_id, s.client_id, s.started_ns, s.ended_ns, s.outcome
  from work.walks as w
  inner join work.wire_steps as s on s.step_id = w.step_id
  inner join work.client_search as c on c.client_id = s.client_id and c.position = w.place
  inner join work.foreign_suffixes as f on f.suffix = c.suffix
  where s.outcome in ('answered', 'negative')
),
bases as (
  select distinct base_id, base from work.walk_names where dots > 0
),
-- of each name the addresses that it was ever answered with
addresses as (
  select transactions.qname_id, string_agg(distinct texts.text, ' ' order by texts.text) as addresses
  from (select distinct qname_id from steps where outcome = 'answered') as answered_names
  inner join work.judged_transactions as transactions on transactions.qname_id = answered_names.qname_id
  inner join raw.sightings
    on sightings.source_id = transactions.source_id and sightings.frame = transactions.answer_frame
  inner join raw.answers on answers.packet_id = sightings.packet_id and answers.section = 1
  inner join raw.texts on texts.text_id = answers.data_id
  where answers.type in (1, 28)
  group by transactions.qname_id
)
select
  s.step_id,
  l.lookup_id,
  s.suffix,
  b.base,
  s.outcome = 'answered' as answered,
  a.addresses
from steps as s
inner join bases as b on b.base_id = s.base_id
inner join work.lookup_steps as l on l.step_id = s.step_id
left join addresses as a on a.qname_id = s.qname_id
