-- ---
-- title: Lines of NodeLocal's log, those that stayed and those that went on
-- description: >
--   One row per log of a NodeLocal DNSCache: its query lines, those of its own checks (HINFO of the loop plugin), and
--   of the others how many a query of the node to CoreDNS or an upstream stands behind. Lines that match no transaction
--   of the captures are neither.
-- kind: table
-- requires: [log_queries, transactions]
-- narrow: [log, client_lines, went_on, stayed, stayed_share, not_captured]
-- columns:
--   log: path of the log
--   lines: query lines
--   own_checks: lines of the server's own checks
--   client_lines: all others
--   stayed: answered on the node
--   went_on: a query left the node for it
--   not_captured: lines whose query no capture shows
--   stayed_share: stayed of those that a capture shows
--   went_to_service: of those that went on, to CoreDNS
--   went_upstream: of those that went on, past CoreDNS to an upstream
-- ---
with nodelocal_logs as (
  select distinct c.source_id
  from log_coverage as c
  inner join servers as s on s.server = c.server and s.role = 'nodelocal'
),
lines as (
  select l.source_id, l.line, l.qtype, l.qname, l.transaction_id, t.asked_at, t.answered_at
  from narrowed.log_queries as l
  inner join nodelocal_logs as n on n.source_id = l.source_id
  left join transactions as t on t.transaction_id = l.transaction_id
),
forwarded as (
  select f.qname, f.qtype, f.asked_at, u.role
  from transactions as f
  left join servers as s on s.server = f.client
  left join servers as u on u.server = f.server
  where f.from_forwarder and coalesce(s.role, 'nodelocal') = 'nodelocal'
),
went_on as (
  select l.source_id, l.line, max(case when f.role = 'upstream' then 1 else 0 end) as upstream
  from lines as l
  inner join forwarded as f
    on f.qname = l.qname and f.qtype = l.qtype and f.asked_at >= l.asked_at and f.asked_at <= l.answered_at
  group by l.source_id, l.line
)
select
  s.path as log,
  count(*) as lines,
  count_if(l.qtype = 'HINFO' and l.transaction_id is null) as own_checks,
  count_if(l.qtype <> 'HINFO' or l.transaction_id is not null) as client_lines,
  count_if(l.transaction_id is not null and w.line is null) as stayed,
  count(w.line) as went_on,
  count_if(l.transaction_id is null and l.qtype <> 'HINFO') as not_captured,
  cast(count_if(l.transaction_id is not null and w.line is null) as double)
  / nullif(count(l.transaction_id), 0) as stayed_share,
  count_if(w.upstream = 0) as went_to_service,
  count_if(w.upstream = 1) as went_upstream
from lines as l
inner join sources as s on s.source_id = l.source_id
left join went_on as w on w.source_id = l.source_id and w.line = l.line
group by s.path
order by lines desc, log
