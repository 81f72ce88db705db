-- ---
-- title: Transactions as wire and logs show them
-- description: >
--   One row a query a client sent once. What the wire leaves open the logs may close: a matching line proves that the query reached a server; no line,
--   where the logs of all servers behind the address have nearly all answered ones, that it did not.
-- from: [work.wire_transactions, work.log_line_matches, work.log_coverage, work.joint_log_coverage, work.forwarders]
-- materialized: table
-- ---
with real_servers as (
  select distinct answer_first_src_id as server_id from work.wire_transactions where answer_first_src_id is not null
),
-- the servers that answer for an address, and whether each has a log that covers it
behind as (
  select
    t.server_id,
    count(distinct t.answer_first_src_id) as servers,
    count(distinct t.answer_first_src_id) filter (where c.coverage >= 0.97) as logged,
    max(c.from_ns) as from_ns,
    min(c.until_ns) as until_ns
  from (select distinct server_id, answer_first_src_id from work.wire_transactions where answer_first_src_id is not null) as t
  left join work.log_coverage as c on c.server_id = t.answer_first_src_id
  group by t.server_id
),
logged as (
  select distinct transaction_id from work.log_line_matches
)
select
  t.* exclude (query_reached_server, response_left_server),
  case
    when t.last_dst_id <> t.server_id then t.last_dst_id
    when t.answer_first_src_id is not null then t.answer_first_src_id
    when r.server_id is not null then t.server_id
  end as backend_id,
  case
    when l.transaction_id is not null then true
    when b.logged = b.servers and coalesce(t.asked_ns between b.from_ns and b.until_ns, true) then false
    when j.coverage >= 0.97 and t.asked_ns between j.from_ns and j.until_ns then false
  end as in_log,
  case
    when t.query_reached_server or l.transaction_id is not null then true
    when not t.query_reached_server then false
    when b.logged = b.servers and coalesce(t.asked_ns between b.from_ns and b.until_ns, true) then false
    when j.coverage >= 0.97 and t.asked_ns between j.from_ns and j.until_ns then false
  end as query_reached_server,
  t.response_left_server,
  t.client_id in (select f.address_id from work.forwarders as f) as from_forwarder
from work.wire_transactions as t
left join logged as l on l.transaction_id = t.transaction_id
left join behind as b on b.server_id = t.server_id
left join work.joint_log_coverage as j on j.server_id = t.server_id
left join real_servers as r on r.server_id = t.server_id
