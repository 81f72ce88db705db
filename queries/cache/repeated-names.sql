-- ---
-- title: Names asked again inside their TTL
-- description: One row per client, name and type that was asked again although the answer before was still good, the
--   most often first.
-- kind: table
-- requires: [transactions]
-- params:
--   top: {type: integer, default: 50, description: rows to show}
-- columns:
--   client: address that asked
--   workload: its workload, if known
--   qname: name
--   qtype: type
--   queries: answered transactions
--   repeated: of these, asked while the answer before was good
--   ttl: largest TTL that it had got; seconds
--   rcode: response code of the last answer
-- ---
with counted as (
  select
    t.client,
    t.qname,
    t.qtype,
    count(*) as queries,
    count(r.transaction_id) as repeated,
    max(t.min_ttl) as ttl,
    max_by(t.rcode, t.transaction_id) as rcode
  from narrowed.transactions as t
  left join repeats as r on r.transaction_id = t.transaction_id
  where t.state = 'answered'
    and not t.from_forwarder
  group by t.client, t.qname, t.qtype
  having count(r.transaction_id) > 0
),
ranked as (
  select *, row_number() over (order by repeated desc, client, qname, qtype) as place
  from counted
)
select r.client, c.workload, r.qname, r.qtype, r.queries, r.repeated, r.ttl, r.rcode
from ranked as r
left join clients as c on c.client = r.client
where r.place <= $top::bigint
order by r.place
