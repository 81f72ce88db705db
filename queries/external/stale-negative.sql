-- ---
-- title: Not found, still cached after the record was made
-- description: >
--   One row per name, type and client that was told NXDOMAIN (or no records) after the record had been made, and had
--   been asked before it was made too: the negative answer of then stays in caches for the TTL of the zone's SOA.
-- kind: check
-- severity: medium
-- requires: [dns_records, transactions]
-- narrow: [client, qname, made_at, denied_after, stale_seconds]
-- columns:
--   client: address that asked
--   workload: its workload, if known
--   qname: name
--   qtype: type
--   made_at: when the record was made or first listed, UTC
--   denied_before: negative answers before that
--   denied_after: negative answers after it
--   last_denied_at: last of them, UTC
--   stale_seconds: from the making to the last of them; seconds
--   negative_ttl: largest TTL of a negative answer before; seconds
--   first_found_at: first answer with a record after it, UTC; empty where none came
-- ---
with first_listings as (
  select source_id, name, type, min(time) as made_at, min(sample) as sample
  from dns_records
  where origin = 'route53'
  group by source_id, name, type
),
made as (
  select name, type, min(made_at) as made_at
  from (
    select name, type, time as made_at from dns_records where origin = 'external-dns' and action = 'create'
    union all
    select name, type, made_at from first_listings where sample > 0
  ) as m
  where made_at is not null
  group by name, type
),
asked as (
  select
    t.client, t.qname, t.qtype, t.asked_at, t.min_ttl, m.made_at,
    t.rcode = 'NXDOMAIN' or (t.rcode = 'NOERROR' and t.answers = 0) as denied,
    t.rcode = 'NOERROR' and t.answers > 0 as found
  from narrowed.transactions as t
  inner join made as m on m.name = t.qname and (m.type = t.qtype or (m.type = 'CNAME' and t.qtype in ('A', 'AAAA')))
  where t.state = 'answered'
    and not t.from_forwarder
)
select
  a.client,
  c.workload,
  a.qname,
  a.qtype,
  a.made_at,
  count_if(a.denied and a.asked_at < a.made_at) as denied_before,
  count_if(a.denied and a.asked_at >= a.made_at) as denied_after,
  max(case when a.denied and a.asked_at >= a.made_at then a.asked_at end) as last_denied_at,
  date_diff('millisecond', a.made_at, max(case when a.denied and a.asked_at >= a.made_at then a.asked_at end))
  / 1e3 as stale_seconds,
  max(case when a.denied and a.asked_at < a.made_at then a.min_ttl end) as negative_ttl,
  min(case when a.found and a.asked_at >= a.made_at then a.asked_at end) as first_found_at
from asked as a
left join clients as c on c.client = a.client
group by a.client, c.workload, a.qname, a.qtype, a.made_at
having count_if(a.denied and a.asked_at < a.made_at) > 0 and count_if(a.denied and a.asked_at >= a.made_at) > 0
order by stale_seconds desc, a.qname, a.qtype, a.client
