-- ---
-- title: Resolver takes an error for silence
-- description: >
--   One row; whether musl clients got REFUSED or SERVFAIL at once, which musl passes over, so that the call waits its whole time and fails. Confirmed when such calls are on the wire.
-- kind: fault
-- from: [work.evidence, work.lookup_causes, work.wire_lookups, work.client_facts, work.judged_transactions, raw.codes]
-- params:
--   least: {default: 1, description: such calls of musl that it takes to be confirmed}
-- change:
--   - "Find out why the server refuses (a zone that its Corefile answers with REFUSED or no forward for it); an NXDOMAIN would let musl go on."
--   - "Use an image with glibc for these clients, or give them a search list and ndots that do not touch the refused zone."
-- collect:
--   - "tcpdump -i any -w node.pcap port 53   # on the node"
--   - "kubectl describe cm coredns -n kube-system"
-- look: [timeouts/given-up, servers/failures]
-- ---
with hit as (
  select count(*) as lookups_hit, count(*) filter (where f.resolver = 'musl') as musl_hit, count(distinct l.client_id) as clients_hit
  from work.lookup_causes as c
  inner join work.wire_lookups as l on l.lookup_id = c.lookup_id
  left join work.client_facts as f on f.client_id = l.client_id
  where c.cause = 'resolver-gives-up'
),
failing as (
  select
    count(*) as errors,
    regexp_replace(string_agg(distinct c.mnemonic, ', ' order by c.mnemonic), ', ([A-Z]+)$', ' or \1') as kinds
  from work.judged_transactions as t
  inner join raw.codes as c on c.registry = 'rcode' and c.code = t.rcode
  where t.state = 'answered' and work.is_error(t.rcode) and t.answered_ns - t.asked_ns < 1000000000 and not t.from_forwarder
),
musl as (
  select count(*) as musl_clients from work.client_facts where resolver in ('musl', 'several')
)
select
  case
    when musl_hit >= $least then 'confirmed'
    when lookups_hit > 0 then 'likely'
    when judged > 0 and (musl_clients > 0 or errors = 0) then 'ruled_out'
    else 'no_evidence'
  end as verdict,
  case
    when lookups_hit > 0 then format('{} of {} got an error at once, waited on and failed', work.counted(lookups_hit, 'call', 'calls'), work.counted(clients_hit, 'client', 'clients'))
    when judged > 0 and errors > 0 and musl_clients = 0 then format('{} {} at once; of clients that would wait on (musl) this evidence shows none', work.counted(errors, 'answer was', 'answers were'), kinds)
    when judged > 0 and errors > 0 then format('{} {} at once, but no client waited on after one', work.counted(errors, 'answer was', 'answers were'), kinds)
    when judged > 0 then 'no client got an error and waited on'
    else 'no capture shows answers'
  end as summary,
  list_filter([case when lookups_hit > 0 then format('{} musl''s; {} {} at once', work.counted(musl_hit, 'of them is', 'of them are'), work.counted(errors, 'answer in all was', 'answers in all were'), kinds) end], x -> x is not null) as findings
from work.evidence cross join hit cross join failing cross join musl
