-- ---
-- title: Queries lost on the way
-- description: >
--   Queries were lost between a client and its server, whatever half of a pair and whatever protocol, and no race, full
--   table, dead server or network policy accounts for them. Confirmed when it was seen between which two places they
--   were lost; likely when a server's log or the legs of others show that they never came. Without the counters it is
--   no more than possible while queries of one socket are lost both together, as a full conntrack table loses them; so
--   it is from counters and lines of the node alone, which tell of all packets alike.
-- kind: fault
-- hits: clients
-- precedence: 55
-- params:
--   least: {default: 3, unit: queries, description: lost queries that it takes,
--     source: "one or two are lost by chance in any capture of an hour"}
--   by_type: {default: 5, unit: queries,
--     description: "queries of one type that must be lost, and of others that must get through meanwhile, to say that
--       something drops by type",
--     source: "chosen: by chance five of ten fall on one type once in 252"}
-- change:
--   - "Look at what stands between the two places: iptables/nftables rules, network policies, rp_filter, routes, the
--       overlay's interface."
--   - "Look at the NIC's drops on that node: ip -s link, ethtool -S."
-- collect:
--   - "tcpdump -i any -w NODE.pcap port 53 or icmp or icmp6   # on the client's node and on the server's, at the same
--       time"
--   - "while sleep 5; do date; ethtool -S eth0; cat /proc/net/softnet_stat; done > counters.log   # on the node"
--   - "iptables -nvL FORWARD -x; nft list ruleset; ip -s link   # on the node between whose legs they were lost"
-- look: [timeouts/unanswered, evidence/legs]
-- panels: [queries lost on the way to]
-- ---

-- --- signs
select
  w.transaction_id,
  'shown' as strength,
  'it was lost on its way to the server' || coalesce(', ' || t.lost_at, '') as reason
from work.waits as w
inner join work.judged_transactions as t on t.transaction_id = w.transaction_id
where w.state = 'unanswered' and not w.query_reached_server
  and w.transaction_id in (select l.transaction_id from work.race_losses as l);

-- --- numbers
with lost as (
  select t.lost_at, l.transaction_id, l.client_id, l.qtype, l.asked_ns, l.query_reached_server, l.together, l.pair
  from work.race_losses as l
  inner join work.judged_transactions as t on t.transaction_id = l.transaction_id
  cross join work.race_shape as s
  -- halves that a race would lose are the race's, while nothing speaks against one
  where s.counters_still or s.together = 0 or not s.spares_two_sockets or not (l.half or s.mostly_halves)
),
places as (
  select lost_at, count(*) as queries
  from lost
  where not query_reached_server and lost_at is not null
  group by lost_at
),
nodes as (
  select if(min(work.node_of(lost_at)) = max(work.node_of(lost_at)), min(work.node_of(lost_at)), '') as one_node
  from places
),
-- what stands in the way of queries may stand in that of replies
replies as (
  select count(*) as replies_there
  from work.losses as l
  inner join work.judged_transactions as t on t.transaction_id = l.transaction_id
  cross join (select min(asked_ns) as from_ns, max(asked_ns) as until_ns from lost where not query_reached_server) as w
  where l.response_left_server
    and l.asked_ns between w.from_ns and w.until_ns
    and work.node_of(t.lost_at) = (select one_node from nodes)
),
-- what drops by type lets all others through
one_type as (
  select any_value(qtype) as qtype, min(asked_ns) as from_ns, max(asked_ns) as until_ns
  from lost
  where not query_reached_server
  having count(distinct qtype) = 1 and count(*) >= $by_type
),
others as (
  select any_value(o.qtype) as qtype, count(*) as answered
  from one_type as o
  inner join (
    -- what follows an answer on its socket goes the way that is known to be open
    select
      *,
      count(*) filter (where state = 'answered')
        over (partition by client_id, client_port order by asked_ns rows between unbounded preceding and 1 preceding)
      > 0 as follows_answer
    from work.judged_transactions
    where client_id in (select l.client_id from lost as l)
  ) as t on t.asked_ns between o.from_ns and o.until_ns and t.qtype <> o.qtype and not t.follows_answer
  having bool_and(t.state = 'answered') and count(*) >= $by_type
)
select
  count(*) filter (where not lost.query_reached_server) as lost,
  count(*) filter (where not lost.query_reached_server and lost.lost_at is not null) as placed,
  count(lost.transaction_id) filter (where lost.query_reached_server is null) as unclear,
  (select p.lost_at from places as p order by p.queries desc, p.lost_at limit 1) as worst_place,
  (
    select
      list(
        work.counted(p.queries, 'query was lost', 'queries were lost')
        || ' '
        || p.lost_at
        order by p.queries desc, p.lost_at
      )
    from places as p
  ) as by_place,
  (select count(*) from places) as places,
  (select n.one_node from nodes as n) as one_node,
  (select r.replies_there from replies as r) as replies_there,
  coalesce(
    (
      select coalesce(c.mnemonic, 'TYPE' || o.qtype)
      from others as o
      left join raw.codes as c on c.registry = 'type' and c.code = o.qtype
    ),
    ''
  ) as only_type,
  coalesce((select o.answered from others as o), 0) as others_answered,
  any_value(race_shape.counters_still) as counters_still,
  any_value(race_shape.apart_lost) as apart_lost,
  -- chance loses one of two queries of a socket more often than both; a table without room loses both
  not any_value(evidence.has_counters)
  and count(*) filter (where lost.together) <= count(*) filter (where lost.pair) as table_may_be_full,
  any_value(counter_facts.instance_rise) as instance_rise,
  any_value(counter_facts.backlog_rise) as backlog_rise,
  any_value(probe_facts.probes_lost) as probes_lost,
  any_value(probe_facts.probes_lost_at) as probes_lost_at,
  any_value(probe_facts.waits_by_hand) as waits_by_hand,
  any_value(probe_facts.longest_by_hand) as longest_by_hand,
  (
    select coalesce(sum(v.count), 0)::BIGINT
    from raw.log_events as v
    where v.event = 'kernel-neighbour-overflow'
  ) as neighbour_lines,
  (
    select coalesce(sum(v.count), 0)::BIGINT
    from raw.log_events as v
    where v.event = 'kernel-firewall-drop'
  ) as firewall_lines,
  (
    select work.some_of(list(distinct v.upstream order by v.upstream))
    from raw.log_events as v
    where v.event = 'kernel-firewall-drop'
  ) as firewall_to,
  any_value(evidence.judged) as judged,
  any_value(evidence.reach_known) as reach_known
from work.evidence
cross join work.race_shape
cross join work.counter_facts
cross join work.probe_facts
left join lost on true;

-- --- rules
-- place-seen-or-table-full:
--   when: lost >= $least and placed >= $least and places = 1 and table_may_be_full
--   verdict: possible
--   say: "{lost|query was|queries were} lost on the way to a server, {worst_place}; without conntrack's counters a full
--     table there cannot be told from other losses"
-- lost-or-table-full:
--   when: lost >= $least and table_may_be_full
--   verdict: possible
--   say: "{lost|query|queries} never reached a server; without conntrack's counters a full table cannot be told from
--     other losses"
-- place-seen:
--   when: lost >= $least and placed >= $least and places = 1
--   verdict: confirmed
--   say: "{lost|query was|queries were} lost on the way to a server, {worst_place}"
-- node-seen:
--   when: lost >= $least and placed = lost and one_node <> ''
--   verdict: confirmed
--   say: "{lost|query was|queries were} lost on the way to a server, all of them on {one_node}"
-- places-seen:
--   when: lost >= $least and placed >= $least
--   verdict: confirmed
--   say: "{lost|query was|queries were} lost on the way to a server, at {places|place|places}"
-- never-came:
--   when: lost >= $least
--   verdict: likely
--   say: "{lost|query|queries} never reached a server; this evidence does not show where they were lost"
-- few-lost:
--   when: lost > 0
--   verdict: possible
--   say: "{lost|query|queries} never reached a server"
-- way-not-seen:
--   when: unclear >= $least
--   verdict: possible
--   say: "{unclear|query|queries} got no answer; this evidence does not show whether {unclear?it|they} reached a
--     server"
-- no-answer-by-hand:
--   when: probes_lost > 0
--   verdict: possible
--   say: "{probes_lost|question|questions} of tools or programs to {probes_lost_at} got no answer; whether
--     {probes_lost?it|they} or the answer was lost, or nobody was there, takes a capture"
-- waited-by-hand:
--   when: waits_by_hand > 0
--   verdict: possible
--   say: "{waits_by_hand|lookup|lookups} made by hand with getent took up to {longest_by_hand:.1} s, as where a
--     resolver waits for its timer; what was lost or late it does not say"
-- few-not-seen:
--   when: unclear > 0
--   verdict: no_evidence
--   say: "{unclear|query|queries} got no answer; this evidence does not show whether {unclear?it|they} reached a
--     server"
-- none-lost:
--   when: judged > 0 and reach_known > 0
--   verdict: ruled_out
--   say: "every query reached its server, but for those that another cause accounts for"
-- firewall-drops:
--   when: firewall_lines > 0
--   verdict: possible
--   say: "the kernel's log names {firewall_lines|packet|packets} to the DNS port of {firewall_to} that a
--     firewall rule dropped on the node"
-- neighbours-overflow:
--   when: neighbour_lines > 0
--   verdict: possible
--   say: "the kernel said {neighbour_lines|time|times} that its table of neighbours (ARP) was full: packets to
--     addresses that it did not know were dropped, whichever they were"
-- instance-over-its-limits:
--   when: instance_rise > 0
--   verdict: possible
--   say: "the EC2 instance passed its limits of packets or bandwidth and queued or dropped
--     {instance_rise|packet|packets}, of all kinds (pps_ or bw_allowance_exceeded rose)"
-- backlog-full:
--   when: backlog_rise > 0
--   verdict: possible
--   say: "a node's CPUs dropped {backlog_rise|frame|frames} of all kinds before any socket, for want of room in their
--     backlog (softnet_stat)"
-- way-never-seen:
--   when: judged > 0
--   verdict: no_evidence
--   say: "this evidence does not show how far queries go"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no capture shows enough answers"

-- --- findings
-- - when: only_type <> ''
--   say: "all of them asked for {only_type}, and none of {others_answered} other queries of these clients was lost
--     meanwhile, as where something drops by type"
-- - when: one_node <> '' and replies_there > 0
--   say: "{replies_there|reply was|replies were} lost on {one_node} in the same time: both directions are hit there"
-- - when: places > 1
--   each: by_place
-- - when: counters_still and lost > 0
--   say: "insert_failed stood still: it was no conntrack race"
