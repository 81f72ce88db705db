-- ---
-- title: The rows behind each cause
-- description: >
--   One row a thing on the wire that shows a cause, with its client, time and transaction: a lookup by its id, anything else with what it was.
-- from: [causes.nodelocal_bypass, work.lookup_causes, work.judged_transactions, work.wire_lookups, work.race_losses, work.upstream_queries]
-- materialized: table
-- ---
select c.cause, l.client_id, c.transaction_id, l.started_ns as ns, l.ended_ns, l.lookup_id, null as what
from work.lookup_causes as c
inner join work.wire_lookups as l on l.lookup_id = c.lookup_id
where c.cause <> 'unexplained' and c.transaction_id is not null
union all
-- a lookup has the number of its first transaction
select 'search-amplification', client_id, lookup_id, started_ns, ended_ns, lookup_id, null
from work.wire_lookups
where steps > 2
union all
select 'truncation', client_id, transaction_id, asked_ns, answered_ns, null, 'a truncated answer'
from work.judged_transactions
where state = 'answered' and work.is_truncated(answer_flags) and not from_forwarder
union all
select 'nodelocal-bypass', t.client_id, t.transaction_id, t.asked_ns, t.answered_ns, null, 'asked the service address'
from work.judged_transactions as t
where not t.from_forwarder
  and t.answer_first_src_id <> t.server_id
  and (select verdict from causes.nodelocal_bypass) in ('confirmed', 'possible')
union all
select 'conntrack-race', client_id, transaction_id, asked_ns, asked_ns, null, 'this half never reached a server'
from work.race_losses
where half and one_socket and lookup_id is null
union all
select 'upstream-silent', forwarder_id, transaction_id, asked_ns, asked_ns, null, 'the upstream never answered'
from work.upstream_queries
where state = 'unanswered'
