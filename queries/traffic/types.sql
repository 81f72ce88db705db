-- ---
-- title: Types asked
-- description: >
--   One row per type of query, as programs and forwarders asked it, apart; the most asked first.
-- kind: table
-- requires: [transactions]
-- narrow: [qtype, queries, queries_share, clients, names, nxdomain, unanswered]
-- columns:
--   qtype: the type, as a mnemonic
--   asked_by: programs or forwarders
--   queries: queries sent, retries counted
--   queries_share: these among all queries of the same askers
--   clients: clients that sent them
--   names: different names
--   answered: queries that got an answer
--   with_records: answers that held records
--   nodata: NOERROR answers without a record
--   nxdomain: answers that said there is no such name
--   errors: answers with another error (SERVFAIL, REFUSED and the like)
--   unanswered: queries that got no answer
--   unknown: queries whose answer this evidence cannot see
-- chart: {mark: bar, x: qtype, y: queries, panel: asked_by, label: [queries, queries_share]}
-- ---
with sums as (
  select
    qtype, from_forwarder,
    count(*) as queries,
    count(distinct client) as clients,
    count(distinct qname) as names,
    count(*) filter (where state = 'answered') as answered,
    count(*) filter (where rcode = 'NOERROR' and answers > 0) as with_records,
    count(*) filter (where rcode = 'NOERROR' and answers = 0) as nodata,
    count(*) filter (where rcode = 'NXDOMAIN') as nxdomain,
    count(*) filter (where rcode not in ('NOERROR', 'NXDOMAIN')) as errors,
    count(*) filter (where state = 'unanswered') as unanswered,
    count(*) filter (where state = 'unknown') as unknown
  from narrowed.transactions
  group by qtype, from_forwarder
)
select
  qtype,
  case when from_forwarder then 'forwarders' else 'programs' end as asked_by,
  queries,
  cast(queries as double) / sum(queries) over (partition by from_forwarder) as queries_share,
  clients,
  names,
  answered,
  with_records,
  nodata,
  nxdomain,
  errors,
  unanswered,
  unknown
from sums
order by queries desc, qtype, asked_by
