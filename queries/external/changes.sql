-- ---
-- title: Changes of records, and when clients saw them
-- description: >
--   One row per change of external-dns, or a record that appeared between two listings; when an answer first carried
--   the new value, and the last answer after the change that did not (an old value, or not found).
-- kind: table
-- requires: [dns_records]
-- narrow: [changed_at, action, name, value, queries_after, old_for_seconds]
-- columns:
--   changed_at: when the change was made or first listed, UTC
--   origin: route53 (a listing) or external-dns
--   action: create, update, delete, appeared; with -failed where the zone refused it
--   name: name of the record
--   type: record type
--   value: new value, if known
--   ttl: TTL of the record; seconds
--   queries_after: transactions of clients for it after the change
--   first_seen_at: first answer with the new value (or with any, where it is not known), UTC
--   seen_after_seconds: from the change to that; seconds
--   last_old_at: last answer after the change without the new value, UTC
--   old_for_seconds: from the change to that; seconds
-- ---
with appeared as (
  select d.source_id, d.name, d.type, d.value, max(d.ttl) as ttl, min(d.time) as changed_at, min(d.sample) as sample
  from dns_records as d
  where d.origin = 'route53'
  group by d.source_id, d.name, d.type, d.value
),
changes as (
  select time as changed_at, origin, action, name, type, value, ttl
  from dns_records
  where origin = 'external-dns'
  union all
  select changed_at, 'route53', 'appeared', name, type, value, ttl
  from appeared
  where sample > 0
),
-- answers that clients got, and whether they carry each change's value
seen as (
  select
    c.changed_at, c.origin, c.action, c.name, c.type, c.value, t.transaction_id, t.answered_at,
    max(
      case
        when c.value is null and t.rcode = 'NOERROR' and t.answers > 0 then 1
        when a.data = c.value then 1
        else 0
      end
    ) as carries
  from changes as c
  inner join narrowed.transactions as t
    on t.qname = c.name
      and (t.qtype = c.type or c.type = 'CNAME')
      and t.state = 'answered'
      and not t.from_forwarder
      and t.answered_at >= c.changed_at
  left join answers as a
    on a.source_id = t.source_id
      and a.frame = t.answer_frame
      and a.section = 'answer'
      and a.type = c.type
      and a.name = c.name
  group by c.changed_at, c.origin, c.action, c.name, c.type, c.value, t.transaction_id, t.answered_at
),
judged as (
  select
    changed_at, origin, action, name, type, value,
    count(*) as queries_after,
    min(case when (carries = 1) = (action <> 'delete') then answered_at end) as first_seen_at,
    max(case when (carries = 1) <> (action <> 'delete') then answered_at end) as last_old_at
  from seen
  group by changed_at, origin, action, name, type, value
)
select
  c.changed_at,
  c.origin,
  c.action,
  c.name,
  c.type,
  c.value,
  c.ttl,
  coalesce(j.queries_after, 0) as queries_after,
  j.first_seen_at,
  date_diff('millisecond', c.changed_at, j.first_seen_at) / 1e3 as seen_after_seconds,
  j.last_old_at,
  date_diff('millisecond', c.changed_at, j.last_old_at) / 1e3 as old_for_seconds
from changes as c
left join judged as j
  on j.changed_at = c.changed_at and j.origin = c.origin and j.action = c.action and j.name = c.name and j.type = c.type
  and j.value is not distinct from c.value
order by c.changed_at, c.name, c.type, c.value
