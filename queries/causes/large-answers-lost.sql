-- ---
-- title: Large answers lost
-- description: >
--   Answers over a size, or their fragments, leave the server and do not arrive, while small ones do. Confirmed when
--   they were seen or logged as they left and hardly any as large arrives; likely where truncated answers are followed
--   by queries over TCP that nobody answers, or that come late because no connection was made; possible where none
--   comes of a client that asks over TCP otherwise.
-- kind: fault
-- hits: names
-- precedence: 28
-- params:
--   least: {default: 3, unit: answers, description: large answers lost that it takes,
--     source: "one or two are lost by chance in any capture of an hour"}
--   enough: {default: 3, unit: answers, description: "large answers delivered from which on size loses none",
--     source: "what is lost for its size is lost each time"}
-- change:
--   - when: not only_large
--     say: "Open TCP 53 as well as UDP 53 in network policies, security groups and the service: clients ask over TCP
--       where an answer came truncated."
--   - when: only_large
--     say: "Let fragments and ICMP `fragmentation needed` through between server and client, and lower the MTU of the
--       pods' interfaces to what the path carries."
--   - when: only_large
--     say: "Keep answers small: CoreDNS's bufsize plugin at 1232 makes it answer with TC instead, and clients ask over
--       TCP; open TCP 53 as well as UDP 53 in network policies, security groups and the service."
-- collect:
--   - "tcpdump -i any -w NODE.pcap 'port 53 or icmp or icmp6 or (ip[6:2] & 0x1fff != 0)'   # on the client's node and
--       on the server's, fragments too"
--   - "kubectl logs -n kube-system -l k8s-app=kube-dns --tail=-1 --timestamps --prefix > coredns.log   # with the log
--       plugin on: it has each answer's size"
-- look: [timeouts/unanswered, traffic/types]
-- panels: [replies lost from, truncated answers of, no answer seen from]
-- ---

-- --- signs
select
  w.transaction_id,
  null as lookup_id,
  'shown' as strength,
  'its answer of '
  || work.counted(s.bytes, 'octet', 'octets')
  || ' left the server, and answers of that size do not arrive' as reason,
  null as cost_seconds
from work.waits as w
inner join work.sized_losses as s on s.transaction_id = w.transaction_id
cross join work.large_losses as l
where l.only_large and s.bytes >= $large_answer_bytes and w.state = 'unanswered'
union all
select
  w.transaction_id,
  null,
  'shown',
  'it was asked over TCP after a truncated answer, and TCP queries are not answered',
  null
from work.waits as w
inner join work.judged_transactions as t on t.transaction_id = w.transaction_id
where w.state = 'unanswered' and t.protocol = 1
  and exists (
    select 1
    from work.judged_transactions as c
    where c.client_id = t.client_id
      and c.qname_id = t.qname_id
      and c.state = 'answered'
      and work.is_truncated(c.answer_flags)
  )
  and not exists (
    select 1
    from work.judged_transactions as a
    where a.client_id = t.client_id and a.protocol = 1 and a.state = 'answered'
  )
union all
select
  transaction_id,
  lookup_id,
  'shown',
  format(
    'its answer came truncated, and its query over TCP only {:.1f} s later: no connection was made before', seconds
  ),
  seconds
from work.late_connections;

-- --- numbers
with tcp as (
  select
    count(*) filter (where state = 'unanswered') as tcp_lost,
    count(*) filter (where state = 'answered') as tcp_answered
  from work.judged_transactions
  where protocol = 1 and not from_forwarder
),
truncated as (
  select count(*) as truncated from work.truncated_answers
),
connections as (
  select count(*) as connected_late, coalesce(max(seconds), 0) as connected_after from work.late_connections
),
-- of clients that ask over TCP for most of what is truncated; a capture with holes may miss a connection
followed as (
  select client_id, over_tcp
  from work.truncated_answers
  where protocol = 0 and answered_ns + work.ns($wait_seconds) <= watched_until_ns
),
unconnected as (
  select coalesce(sum(missed), 0)::BIGINT as never_connected
  from (
    select count(*) filter (where not over_tcp) as missed, count(*) filter (where over_tcp) as asked
    from followed
    group by client_id
  )
  where asked > missed and asked >= $least
),
arrived as (
  select count(*) as large_arrived
  from work.judged_transactions
  where state = 'answered' and protocol = 0 and not from_forwarder and answer_bytes >= $large_answer_bytes
)
select
  large_losses.*,
  tcp.*,
  truncated.truncated,
  connections.connected_late,
  connections.connected_after,
  if(evidence.misses_frames, 0, unconnected.never_connected) as never_connected,
  arrived.large_arrived,
  evidence.judged,
  (select count(*) from work.losses) as losses
from work.evidence
cross join work.large_losses
cross join tcp
cross join truncated
cross join unconnected
cross join arrived
cross join connections;

-- --- rules
-- large-lost:
--   when: only_large and large_lost >= $least
--   verdict: confirmed
--   say: "{large_lost|large answer|large answers} (from {smallest} octets on) left the server and did not arrive;
--     {small_delivered} smaller {small_delivered?one|ones} did, of up to {largest_delivered} octets"
-- tcp-silent:
--   when: truncated > 0 and tcp_lost >= $least and tcp_answered = 0
--   verdict: likely
--   say: "{truncated|answer|answers} came truncated, and none of {tcp_lost|query|queries} over TCP was answered: TCP 53
--     is blocked or not served"
-- connected-late:
--   when: connected_late >= $least
--   verdict: likely
--   say: "after {connected_late|truncated answer|truncated answers} the query over TCP came up to {connected_after:.1}
--     s late: no connection to TCP 53 was made meanwhile"
-- few-connected-late:
--   when: connected_late > 0
--   verdict: possible
--   say: "after {connected_late|truncated answer|truncated answers} the query over TCP came up to {connected_after:.1}
--     s late, as where no connection to TCP 53 is made"
-- never-connected:
--   when: never_connected > 0
--   verdict: possible
--   say: "{never_connected|truncated answer was|truncated answers were} followed by no query over TCP, though the same
--     clients ask so after most: as where no connection to TCP 53 is made"
-- few-large-lost:
--   when: only_large
--   verdict: possible
--   say: "{large_lost|large answer|large answers} (from {smallest} octets on) left the server and did not arrive, while
--     smaller ones did"
-- large-arrive:
--   when: large_arrived >= $enough and not only_large
--   verdict: ruled_out
--   say: "{large_arrived|answer|answers} of {$large_answer_bytes} octets or more arrived"
-- lost-of-all-sizes:
--   when: lost >= $least and large_lost = 0
--   verdict: ruled_out
--   say: "{lost|answer|answers} of less than {$large_answer_bytes} octets left the server and did not arrive: it is not
--     their size that loses them"
-- none-lost:
--   when: judged >= $least and losses = 0
--   verdict: ruled_out
--   say: "every query whose end this evidence shows was answered"
-- sizes-not-seen:
--   when: judged > 0
--   verdict: no_evidence
--   say: "this evidence does not show whether it is their size that loses answers"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no capture shows enough answers"

-- --- findings
-- - when: only_large and large_delivered > 0
--   say: "{large_delivered|answer|answers} as large arrived"

-- --- fix
-- - title: Let CoreDNS answer large messages truncated, so that clients ask again over TCP
--   when: only_large
--   corefile:
--     - {plugin: bufsize, arguments: ['1232']}
--   risk: Clients that never ask over TCP (musl before 1.2.4) then see only a part; TCP 53 must be open as well as UDP
--     53.
