-- ---
-- title: Names asked again inside their TTL
-- description: One row per client, name and type that was asked again although the answer before was still good, the most often first.
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
with asked as (
  select
    client, qname, qtype, asked_at, rcode, min_ttl,
    lag(answered_at) over again as answered_before,
    lag(min_ttl) over again as ttl_before,
    lag(truncated) over again as truncated_before
  from narrowed.transactions
  where state = 'answered'
    and not from_forwarder
  window again as (partition by client, server, qname, qtype order by asked_at, transaction_id)
),
-- the same rule as in cache/repeats; a truncated answer is none that could be kept
judged as (
  select
    *,
    coalesce(
      ttl_before > 0
      and not truncated_before
      and asked_at >= answered_before
      and asked_at < plus_seconds(answered_before, ttl_before),
      false
    ) as repeated
  from asked
),
counted as (
  select client, qname, qtype, count(*) as queries, count_if(repeated) as repeated, max(min_ttl) as ttl, max_by(rcode, asked_at) as rcode
  from judged
  group by client, qname, qtype
  having count_if(repeated) > 0
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
