-- ---
-- title: Records and what was answered for them
-- description: >
--   One row per name and type that should be served (Route 53, external-dns) and that clients asked about; what should
--   be answered, what was, by whom and with which TTL. Wildcards stand for the names below them that have no records of
--   their own. A TTL above the record's is an old one; far below it a cache's rest.
-- kind: table
-- requires: [dns_records, transactions]
-- narrow: [record, qname, type, queries, answered, nxdomain, unanswered]
-- columns:
--   record: name of the record set
--   qname: name that was asked
--   type: record type
--   zone: hosted zone
--   expected: values that should be answered; an alias has none
--   expected_ttl: TTL of the record; seconds
--   queries: transactions of clients for it
--   answered: with a record of the type or an alias name
--   nxdomain: answered NXDOMAIN
--   nodata: answered without any record
--   errors: SERVFAIL, REFUSED and the like
--   unanswered: never answered
--   clients: distinct clients
--   servers: servers that answered
--   ttl_min: smallest TTL in an answer; seconds
--   ttl_max: largest of the answers' smallest TTLs; seconds
-- ---
with latest as (
  select d.name, d.type, d.zone, d.ttl, d.value, d.alias
  from dns_records as d
  inner join (
    select source_id, origin, max(sample) as sample from dns_records group by source_id, origin
  ) as l on l.source_id = d.source_id and l.origin = d.origin and (d.origin <> 'route53' or l.sample = d.sample)
  where coalesce(d.action, 'create') in ('create', 'update')
),
records as (
  select
    name,
    type,
    max(zone) as zone,
    max(ttl) as ttl,
    array_agg(distinct value) filter (where not alias and value is not null) as expected_values
  from latest
  group by name, type
),
asked as (
  select
    qname,
    qtype,
    count(*) as queries,
    count_if(state = 'answered' and rcode = 'NOERROR' and answers > 0) as answered,
    count_if(rcode = 'NXDOMAIN') as nxdomain,
    count_if(rcode = 'NOERROR' and answers = 0) as nodata,
    count_if(rcode not in ('NOERROR', 'NXDOMAIN')) as errors,
    count_if(state = 'unanswered') as unanswered,
    count(distinct client) as clients,
    array_agg(distinct coalesce(backend, server)) as servers,
    min(case when answers > 0 then min_ttl end) as ttl_min,
    max(case when answers > 0 then min_ttl end) as ttl_max
  from narrowed.transactions
  where not from_forwarder
  group by qname, qtype
),
names as (
  select distinct qname from asked
),
wildcards as (
  select distinct name, substr(name, 2) as ending, length(name) - 1 as size from records where name like '*.%'
),
-- the names' ends of the wildcards' lengths: each name beside each wildcard would have no bound
name_ends as (
  select distinct n.qname, substr(n.qname, length(n.qname) - s.size + 1) as ending
  from names as n
  inner join (select distinct size from wildcards) as s on s.size < length(n.qname)
),
-- each asked name with the record name that stands for it
stands_for as (
  select n.qname, n.qname as name
  from names as n
  where n.qname in (select r.name from records as r)
  union all
  select n.qname, w.name
  from names as n
  inner join name_ends as e on e.qname = n.qname
  inner join wildcards as w on w.ending = e.ending
  where n.qname not in (select r.name from records as r)
)
select
  r.name as record,
  a.qname,
  r.type,
  r.zone,
  r.expected_values as expected,
  r.ttl as expected_ttl,
  a.queries,
  a.answered,
  a.nxdomain,
  a.nodata,
  a.errors,
  a.unanswered,
  a.clients,
  a.servers,
  a.ttl_min,
  a.ttl_max
from asked as a
inner join stands_for as n on n.qname = a.qname
inner join records as r on r.name = n.name and (r.type = a.qtype or (r.type = 'CNAME' and a.qtype in ('A', 'AAAA')))
order by a.nxdomain desc, a.errors desc, a.unanswered desc, a.queries desc, a.qname, r.type
