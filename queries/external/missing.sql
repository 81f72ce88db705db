-- ---
-- title: Not found although a record is there
-- description: >
--   One row per client, name and type that Route 53 or external-dns has a record for and that was answered NXDOMAIN or
--   without records after the record was there: a private zone that is not associated with the VPC, a zone of the same
--   name that hides it, or a negative answer that is still cached.
-- kind: check
-- severity: high
-- requires: [dns_records, transactions]
-- narrow: [client, qname, qtype, zone, rcode, answers]
-- columns:
--   client: address that asked
--   workload: its workload, if known
--   qname: name that was asked
--   qtype: type that was asked
--   zone: hosted zone of the record
--   rcode: what was answered; NOERROR is an answer without records
--   answers: such answers
--   server: one of the servers that gave them
--   record_since: when the record is known to be there, UTC; empty where the listing has no time
--   first_at: first such query, UTC
--   last_at: last such query, UTC
--   ttl: largest TTL of such an answer, so long it may be cached; seconds
-- ---
with known as (
  select
    d.name,
    d.type,
    max(d.zone) as zone,
    min(d.time) as since
  from dns_records as d
  where
    coalesce(d.action, 'create') in ('create', 'update') and d.type in ('A', 'AAAA', 'CNAME', 'SRV', 'MX', 'TXT', 'PTR')
  group by d.name, d.type
),
-- a name that was taken away later is judged only before that
gone as (
  select name, type, min(time) as gone_at
  from dns_records
  where action = 'delete'
  group by name, type
),
names as (
  select distinct qname
  from transactions
  where state = 'answered' and rcode in ('NXDOMAIN', 'NOERROR') and answers = 0
),
wildcards as (
  select distinct name, substr(name, 2) as ending, length(name) - 1 as size from known where name like '*.%'
),
-- the names' ends of the wildcards' lengths: each name beside each wildcard would have no bound
name_ends as (
  select distinct n.qname, substr(n.qname, length(n.qname) - s.size + 1) as ending
  from names as n
  inner join (select distinct size from wildcards) as s on s.size < length(n.qname)
),
-- each asked name with the record name that stands for it
stands_for as (
  select distinct n.qname, k.name
  from names as n
  inner join known as k on k.name = n.qname
  union all
  select distinct n.qname, k.name
  from names as n
  inner join name_ends as e on e.qname = n.qname
  inner join wildcards as k on k.ending = e.ending
  where n.qname not in (select e.name from known as e)
),
denied as (
  select
    t.client, t.qname, t.qtype, t.rcode, t.asked_at, t.min_ttl, coalesce(t.backend, t.server) as server, k.zone, k.since
  from narrowed.transactions as t
  inner join stands_for as n on n.qname = t.qname
  inner join known as k on k.name = n.name and (k.type = t.qtype or k.type = 'CNAME' or t.rcode = 'NXDOMAIN')
  left join gone as g on g.name = k.name and g.type = k.type
  where not t.from_forwarder
    and t.state = 'answered'
    and (t.rcode = 'NXDOMAIN' or (t.rcode = 'NOERROR' and t.answers = 0 and not t.truncated))
    and (k.since is null or t.asked_at >= k.since)
    and (g.gone_at is null or t.asked_at < g.gone_at)
),
folded as (
  select
    client,
    qname,
    qtype,
    rcode,
    asked_at,
    max(min_ttl) as min_ttl,
    max(server) as server,
    max(zone) as zone,
    min(since) as since
  from denied
  group by client, qname, qtype, rcode, asked_at
)
select
  f.client,
  c.workload,
  f.qname,
  f.qtype,
  max(f.zone) as zone,
  f.rcode,
  count(*) as answers,
  min(f.server) as server,
  min(f.since) as record_since,
  min(f.asked_at) as first_at,
  max(f.asked_at) as last_at,
  max(f.min_ttl) as ttl
from folded as f
left join clients as c on c.client = f.client
group by f.client, c.workload, f.qname, f.qtype, f.rcode
order by answers desc, f.qname, f.qtype, f.client
