-- ---
-- title: Names that NodeLocal had to ask for
-- description: >
--   One row per name and type that left the node: how often clients asked NodeLocal for it and how often it went on, to
--   whom and with which TTL came back. The same name again and again with a short TTL, or different names each time, is
--   what a cache cannot help.
-- kind: table
-- requires: [transactions]
-- params:
--   top: {type: integer, default: 50, description: rows to show}
-- columns:
--   qname: name
--   qtype: type
--   asked: queries of clients to NodeLocal
--   went_on: queries that left the node
--   asked_of: one of the servers that they went to
--   rcode: response code that came back
--   ttl: smallest TTL that came back; seconds
--   p50_seconds: median response time; seconds
-- ---
with asked as (
  select t.qname, t.qtype, count(*) as asked
  from narrowed.transactions as t
  inner join servers as s on s.server = t.server and s.role = 'nodelocal'
  where not t.from_forwarder
  group by t.qname, t.qtype
),
forwarded as (
  select
    f.qname,
    f.qtype,
    max(a.asked) as asked,
    count(*) as went_on,
    min(f.server) as asked_of,
    max(f.rcode) as rcode,
    min(f.min_ttl) as ttl,
    approx_percentile(f.response_seconds, 0.5) as p50_seconds
  from transactions as f
  inner join asked as a on a.qname = f.qname and a.qtype = f.qtype
  left join servers as s on s.server = f.client
  where f.from_forwarder
    and coalesce(s.role, 'nodelocal') = 'nodelocal'
  group by f.qname, f.qtype
),
ranked as (
  select *, row_number() over (order by went_on desc, asked desc, qname, qtype) as place
  from forwarded
)
select qname, qtype, asked, went_on, asked_of, rcode, ttl, p50_seconds
from ranked
where place <= $top::bigint
order by place
