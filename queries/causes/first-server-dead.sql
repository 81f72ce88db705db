-- ---
-- title: First nameserver never answers
-- description: >
--   A nameserver of clients' lists never answers, so that each lookup begins with the resolver's wait before it goes on
--   to the next. Confirmed when it answered nothing in all of the evidence and the questions that began with it were
--   answered by another server.
-- kind: fault
-- hits: clients
-- precedence: 16
-- change:
--   - "Take the address out of resolv.conf (dnsConfig.nameservers, kubelet's clusterDNS), or bring a server back to
--       it."
--   - "Until then: options timeout:1 attempts:2 make the wait shorter, and rotate spreads it."
-- collect:
--   - "kubectl exec POD -- cat /etc/resolv.conf"
--   - "kubectl get svc,endpoints -A -o json > cluster.json   # whose address it is"
-- look: [timeouts/unanswered, timeouts/gaps]
-- panels: [unanswered by, queries lost on the way to, no answer seen from]
-- ---

-- --- signs
select
  w.transaction_id,
  -- what is open as the evidence ends may still be answered
  if(w.state = 'unanswered', 'shown', 'fits') as strength,
  w.server || ', a nameserver of its list, never answers; the resolver waited and went on to the next' as reason
from work.waits as w
inner join work.silent_losses as s on s.transaction_id = w.transaction_id and s.cause = 'first-server-dead'
where w.state <> 'answered';

-- --- numbers
with dead as (
  select
    count(*) as servers,
    coalesce(sum(questions), 0)::BIGINT as questions,
    coalesce(max(clients), 0) as clients,
    coalesce(max(listed_first), 0) as listed_first,
    coalesce(max(waited_seconds), 0) as waited_seconds,
    string_agg(coalesce(n.label, d.address), ', ' order by d.address) as which
  from work.dead_nameservers as d
  left join work.address_names as n on n.address = d.address
),
lists as (
  select count(*) as several
  from (
    select client_id
    from work.judged_transactions
    where not from_forwarder and state <> 'unknown'
    group by client_id
    having count(distinct server_id) > 1
  ) as c
)
select d.*, l.several, e.judged, (select count(*) from work.losses) as losses
from work.evidence as e cross join dead as d cross join lists as l;

-- --- rules
-- never-answers:
--   when: servers > 0
--   verdict: confirmed
--   say: "{which} answered nothing; {questions|question|questions} of {clients|client|clients} began there, waited
--     {waited_seconds:.1} s and went on to another server"
-- all-answer:
--   when: judged > 0 and losses = 0
--   verdict: ruled_out
--   say: "every server that was asked answered"
-- one-server:
--   when: judged > 0 and several = 0
--   verdict: ruled_out
--   say: "no client asked more than one server"
-- each-answers:
--   when: judged > 0
--   verdict: ruled_out
--   say: "no server of a list left all its questions to the next"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no capture shows enough answers"

-- --- findings
-- - when: listed_first > 0
--   say: "it is the first nameserver in the resolv.conf of {listed_first|client|clients}"

-- --- fix
-- - title: Make the wait for it shorter until it is taken out of the list or brought back
--   pods: {options: {timeout: '1', attempts: '2'}}
--   risk: The workload's pods are made anew; a server that takes longer than a second to answer is asked twice.
