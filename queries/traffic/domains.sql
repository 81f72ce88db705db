-- ---
-- title: Load by domain
-- description: >
--   One row per domain that programs sent queries for, with how many names of it they asked; the most asked first. A
--   domain is what was registered: the last two labels of a name, or three below registries such as co.uk. Names in the
--   cluster, and those that a search list made of others, are its domain's (what follows `svc`). Forwarders' own
--   queries are left out.
-- kind: table
-- requires: [transactions]
-- params:
--   top: {type: integer, default: 50, description: how many domains}
-- narrow: [domain, names, clients, queries, nxdomain_share, seconds]
-- columns:
--   domain: the domain
--   names: distinct names of it that were asked
--   clients: clients that asked
--   queries: queries sent, retries counted
--   queries_share: of all queries of programs
--   nxdomain_share: share of its answers that said there is no such name
--   unanswered: queries that got no answer
--   seconds: how long its answers took together; seconds
--   busiest_client: the client that asked most
--   busiest_share: that client's share of the queries
-- chart: {mark: bar, x: domain, y: queries}
-- ---
with asked as (
  select
    qname,
    client,
    count(*) as queries,
    count_if(state = 'answered') as answered,
    count_if(rcode = 'NXDOMAIN') as nxdomain,
    count_if(state = 'unanswered') as unanswered, sum(response_seconds) as seconds
  from narrowed.transactions
  where not from_forwarder
  group by qname, client
),
cluster_domains as (
  select distinct regexp_extract(qname, '[.]svc[.](.+)$', 1) as domain
  from asked
  where qname like '%.svc.%'
),
names as (
  select q.qname, coalesce(max(c.domain), registered_domain(q.qname)) as domain
  from (select distinct qname from asked) as q
  left join cluster_domains as c on c.domain <> '' and (q.qname = c.domain or ends_with(q.qname, '.' || c.domain))
  group by q.qname
),
by_client as (
  select
    n.domain,
    a.client,
    sum(a.queries) as queries,
    sum(a.answered) as answered,
    sum(a.nxdomain) as nxdomain,
    sum(a.unanswered) as unanswered,
    sum(a.seconds) as seconds
  from asked as a
  inner join names as n on n.qname = a.qname
  group by n.domain, a.client
),
counted_names as (
  select domain, count(*) as names
  from names
  group by domain
)
select
  b.domain,
  max(c.names) as names,
  count(*) as clients,
  cast(sum(b.queries) as bigint) as queries,
  sum(b.queries) / sum(sum(b.queries)) over () as queries_share,
  sum(b.nxdomain) / nullif(sum(b.answered), 0) as nxdomain_share,
  cast(sum(b.unanswered) as bigint) as unanswered,
  sum(b.seconds) as seconds,
  min_by(b.client, row(-b.queries, b.client)) as busiest_client,
  max(b.queries) / sum(b.queries) as busiest_share
from by_client as b
inner join counted_names as c on c.domain = b.domain
group by b.domain
order by queries desc, b.domain
limit $top::bigint
