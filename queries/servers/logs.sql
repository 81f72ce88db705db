-- ---
-- title: Logs of the servers, by themselves
-- description: >
--   One row per log and pod in it: query lines, durations inside the server and error answers. Needs no capture. A line
--   without a response code (`-`) got no answer from an upstream.
-- kind: table
-- requires: [log_queries]
-- narrow: [log, server, lines, p50_seconds, p99_seconds, nxdomain, servfail]
-- columns:
--   log: path of the log
--   stream: pod or container that wrote it, where the log holds several
--   server: address of the server, where a capture tells it
--   lines: query lines
--   clients: distinct clients
--   p50_seconds: median duration inside the server; seconds
--   p99_seconds: 99th percentile; seconds
--   max_seconds: longest; seconds
--   nxdomain: answers NXDOMAIN
--   servfail: answers SERVFAIL
--   refused: answers REFUSED
--   no_reply: lines without a reply
-- ---
with addresses as (
  select source_id, case when count(*) = 1 then min(server) end as server
  from log_coverage
  group by source_id
)
select
  s.path as log,
  l.stream,
  a.server,
  count(*) as lines,
  count(distinct l.client) as clients,
  approx_percentile(l.duration_seconds, 0.5) as p50_seconds,
  approx_percentile(l.duration_seconds, 0.99) as p99_seconds,
  max(l.duration_seconds) as max_seconds,
  count_if(l.rcode = 'NXDOMAIN') as nxdomain,
  count_if(l.rcode = 'SERVFAIL') as servfail,
  count_if(l.rcode = 'REFUSED') as refused,
  count_if(l.rcode is null) as no_reply
from narrowed.log_queries as l
inner join sources as s on s.source_id = l.source_id
left join addresses as a on a.source_id = l.source_id
group by s.path, l.stream, a.server
order by lines desc, log, l.stream
