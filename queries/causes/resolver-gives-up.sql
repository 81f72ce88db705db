-- ---
-- title: Resolver takes an error for silence
-- description: >
--   musl clients got REFUSED or SERVFAIL at once, which musl passes over, so that the call waits its whole time and
--   fails. Confirmed when such calls are on the wire.
-- kind: fault
-- hits: names
-- precedence: 100
-- params:
--   least: {default: 1, unit: calls, description: such calls of musl that it takes to be confirmed,
--     source: "musl does so by its code; one call shows it"}
--   longest_seconds: {default: 6, unit: seconds,
--     description: a query of the same id and port later than this is another,
--     source: "resolvers wait 5 s at most by default"}
--   sudden_seconds: {default: 1, unit: seconds, description: an error that came sooner came at once,
--     source: "the shortest timer of a resolver"}
-- change:
--   - "Find out why the server refuses (a zone that its Corefile answers with REFUSED or no forward for it); an
--       NXDOMAIN would let musl go on."
--   - "Use an image with glibc for these clients, or give them a search list and ndots that do not touch the refused
--       zone."
-- collect:
--   - "tcpdump -i any -w node.pcap port 53   # on the node"
--   - "kubectl describe cm coredns -n kube-system"
-- look: [timeouts/given-up, servers/failures]
-- panels: [REFUSED from, SERVFAIL from]
-- ---

-- --- signs
-- a SERVFAIL is the server's own fault only where its upstreams are seen and all answer
with up as (
  select count(*) > 0 and count(*) filter (where state <> 'answered') = 0 as all_answered from work.upstream_queries
)
select
  w.transaction_id,
  'shown' as strength,
  'the server answered '
  || coalesce(c.mnemonic, 'an error')
  || ' at once, and the resolver took that for silence and waited' as reason
from work.waits as w
cross join up
left join raw.codes as c on c.registry = 'rcode' and c.code = w.rcode
where w.state = 'answered'
  and work.is_error(w.rcode) and (up.all_answered or not work.is_servfail(w.rcode))
  and w.seconds < $sudden_seconds
  and w.passes_errors;

-- --- numbers
with hit as (
  select count(*) filter (where f.resolver = 'musl') as musl_hit, count(distinct l.client_id) as clients_hit
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
  where t.state = 'answered'
    and work.is_error(t.rcode)
    and t.answered_ns - t.asked_ns < work.ns($sudden_seconds)
    and not t.from_forwarder
),
-- without a capture: a query of the same id and port that came again a resolver's wait after an error
again as (
  select count(*) as asked_again, count(distinct client_id) as again_clients, min(name) as again_name
  from (
    select q.*, n.name, lead(q.time) over (partition by q.key order by q.time) as next_time
    from raw.log_queries as q
    inner join work.name_ids as n on n.raw_id = q.qname_id
    where q.key in (select e.key from raw.log_queries as e where work.is_error(e.rcode))
  )
  where work.is_error(rcode) and duration_seconds < $sudden_seconds
    and epoch_ns(next_time) - epoch_ns(time) between work.ns($timer_seconds) and work.ns($longest_seconds)
),
musl as (
  select count(*) as musl_clients from work.client_facts where resolver in ('musl', 'several')
)
select hit.*, failing.*, musl.*, again.*, evidence.judged, evidence.timed
from work.evidence cross join hit cross join failing cross join musl cross join again;

-- --- rules
-- musl-waits:
--   when: musl_hit >= $least
--   verdict: confirmed
--   say: "{blamed|call|calls} of {clients_hit|client|clients} got an error at once, waited on and failed"
-- others-wait:
--   when: blamed > 0
--   verdict: likely
--   say: "{blamed|call|calls} of {clients_hit|client|clients} got an error at once, waited on and failed"
-- asked-again-in-the-log:
--   when: judged = 0 and asked_again > 0
--   verdict: possible
--   say: "{asked_again|query|queries} of {again_clients|client|clients} came again by the same port and id seconds
--     after an error that came at once, such as for {again_name}: as of musl, which takes an error for silence"
-- times-not-told:
--   when: judged > 0 and timed = 0
--   verdict: no_evidence
--   say: "the captures tell no times, so that it is not seen who waited after an error"
-- none-waits:
--   when: judged > 0 and musl_clients > 0 and errors > 0
--   verdict: ruled_out
--   say: "{errors|answer was|answers were} {kinds} at once, but no client waited on after one"
-- no-errors:
--   when: judged > 0 and errors = 0
--   verdict: ruled_out
--   say: "no client got an error and waited on"
-- no-musl:
--   when: judged > 0
--   verdict: no_evidence
--   say: "{errors|answer was|answers were} {kinds} at once; of clients that would wait on (musl) this evidence shows
--     none"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no capture shows enough answers"

-- --- findings
-- - when: blamed > 0 and musl_hit = blamed
--   say: "{musl_hit?it is|all of them are} musl's; {errors|answer in all was|answers in all were} {kinds} at once"
-- - when: blamed > 0 and musl_hit < blamed
--   say: "{musl_hit|of them is|of them are} musl's; {errors|answer in all was|answers in all were} {kinds} at once"
