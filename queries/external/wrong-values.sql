-- ---
-- title: Answers with a value that no record has
-- description: >
--   One row per name, type and value that servers answered although the records for the name have others: an old value
--   out of a cache, another zone of the same name, a rewrite. Aliases and names with a routing policy are left out,
--   since their answers vary by design.
-- kind: check
-- severity: medium
-- requires: [dns_records, answers]
-- narrow: [qname, type, answered, expected, answers]
-- columns:
--   qname: name of the answer's record
--   type: record type
--   answered: value that was answered
--   expected: values that the records have
--   answers: messages with it
--   ttl_max: largest TTL that it came with; seconds
--   expected_ttl: TTL of the record; seconds
--   was_once: a listing or change before had this value
--   first_at: first of these messages, UTC
--   last_at: last of these, UTC
-- ---
with listings as (
  select source_id, max(sample) as sample from dns_records where origin = 'route53' group by source_id
),
changes as (
  select name, type, max(time) as changed_at
  from dns_records
  where origin = 'external-dns' and value is not null and action in ('create', 'update')
  group by name, type
),
latest as (
  select d.name, d.type, d.value, d.ttl, d.alias, d.routing
  from dns_records as d
  inner join listings as l on l.source_id = d.source_id and l.sample = d.sample
  where d.origin = 'route53'
  union all
  select d.name, d.type, d.value, d.ttl, d.alias, d.routing
  from dns_records as d
  inner join changes as c on c.name = d.name and c.type = d.type and c.changed_at = d.time
  where d.origin = 'external-dns' and d.value is not null
),
records as (
  select name, type, max(ttl) as ttl, array_agg(distinct value) as expected_values
  from latest
  where type in ('A', 'AAAA', 'CNAME')
  group by name, type
  having count_if(alias or routing is not null) = 0
),
answered as (
  select a.name, a.type, a.data, a.ttl, m.time
  from answers as a
  inner join narrowed.messages as m on m.source_id = a.source_id and m.frame = a.frame and m.is_response
  where a.section = 'answer'
)
select
  r.name as qname,
  r.type,
  a.data as answered,
  r.expected_values as expected,
  count(*) as answers,
  max(a.ttl) as ttl_max,
  r.ttl as expected_ttl,
  exists (select 1 from dns_records as d where d.name = r.name and d.type = r.type and d.value = a.data) as was_once,
  min(a.time) as first_at,
  max(a.time) as last_at
from records as r
inner join answered as a on a.name = r.name and a.type = r.type
where not contains(r.expected_values, a.data)
group by r.name, r.type, a.data, r.expected_values, r.ttl
order by answers desc, qname, r.type, answered
