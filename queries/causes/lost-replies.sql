-- ---
-- title: Replies lost on the way back
-- description: >
--   A server answered and the client never saw it. Confirmed when the reply was seen leaving the server, or stands in
--   its log, and not on the client's leg, with the place or the node where all were lost if captures show it; possible
--   when answers are missing and this evidence does not show the server's side.
-- kind: fault
-- hits: clients
-- precedence: 30
-- params:
--   least: {default: 3, unit: replies, description: lost replies that it takes,
--     source: "chosen: one or two are lost by chance in any capture of an hour"}
-- change:
--   - {when: from_others > 0,
--       say: "Have answers translated back on the client's node: load br_netfilter and set
--         net.bridge.bridge-nf-call-iptables=1 where pods are on a bridge; let answers return over the node that
--         translated the query; leave conntrack's entries of UDP alone while they are in use."}
--   - {when: "one_node = '' and (from_others = 0 or left_server > 0)",
--       say: "Look at what stands between server and client: network policies, nftables/iptables rules, rp_filter, MTU,
--         an overlay's queue."}
--   - {when: "one_node <> ''",
--       say: "Look at what stands between these places on {one_node}: network policies, nftables/iptables rules,
--         rp_filter, MTU, an overlay's queue."}
-- collect:
--   - "tcpdump -i any -w NODE.pcap port 53   # on the client's node and on the server's"
--   - "kubectl logs -n kube-system -l k8s-app=kube-dns --tail=-1 --timestamps --prefix > coredns.log   # with the log
--       plugin on"
-- look: [timeouts/unanswered, evidence/legs]
-- panels: [replies lost from]
-- ---

-- --- signs
select
  w.transaction_id,
  null as lookup_id,
  null as cost_seconds,
  'shown' as strength,
  case
    when t.from_other
      then 'its answer came to the client from another address than was asked, and no resolver takes that'
    else if(w.in_log, 'the server''s log says that it was answered', 'its answer was seen leaving the server')
      || ', and the client never got that answer'
      || coalesce('; it was lost ' || t.lost_at, '')
  end as reason
from work.waits as w
inner join work.judged_transactions as t on t.transaction_id = w.transaction_id
where w.state = 'unanswered'
  and (w.response_left_server or w.answer_lost)
  -- what is lost for its size is another cause
  and w.transaction_id not in (
    select s.transaction_id
    from work.sized_losses as s
    cross join work.large_losses as l
    where l.only_large and s.bytes >= $large_answer_bytes
  )
union all
-- what the server waited for was lost in the same way
select
  transaction_id,
  null,
  null,
  'shown',
  format('the answer of {} to the server''s own query for this name was seen on its way, and never got there', upstream)
from work.waits
where upstream_replies_lost > 0 and upstream_lost = 0
union all
select
  transaction_id,
  lookup_id,
  seconds,
  'shown',
  format('its answer passed the capture, and its client sent the query again {:.2f} s later all the same', seconds)
from work.unheeded_answers
where lookup_id is not null;

-- --- numbers
with undelivered as (
  select
    l.response_left_server,
    coalesce(t.from_other, false) as from_other,
    coalesce(d.answer_lost, false) as answer_lost,
    l.query_reached_server,
    if(l.response_left_server, t.lost_at, null) as lost_at
  from work.losses as l
  inner join work.judged_transactions as t on t.transaction_id = l.transaction_id
  left join work.late_transactions as d on d.transaction_id = l.transaction_id
  where l.transaction_id not in (select s.transaction_id from work.silent_losses as s)
  and l.transaction_id not in (
    select s.transaction_id
    from work.sized_losses as s
    cross join work.large_losses as g
    where g.only_large and s.bytes >= $large_answer_bytes
  )
),
places as (
  select lost_at, count(*) as replies
  from undelivered
  where lost_at is not null and not from_other
  group by lost_at
),
lost as (
  select
    count(*) filter (where response_left_server and not from_other) as left_server,
    count(*) filter (where from_other) as from_others,
    count(*) filter (where response_left_server is null and answer_lost) as in_log_only,
    count(*) filter (where query_reached_server is null) as unclear,
    count(lost_at) filter (where not from_other) as placed
  from undelivered
),
seen as (
  select
    count(*) as places,
    coalesce(min(lost_at), '') as place,
    if(min(work.node_of(lost_at)) = max(work.node_of(lost_at)), min(work.node_of(lost_at)), '') as one_node,
    coalesce(
      list(
        work.counted(replies, 'reply was lost', 'replies were lost') || ' ' || lost_at order by replies desc, lost_at
      ),
      []
    ) as by_place
  from places
)
select
  l.left_server,
  l.from_others,
  l.in_log_only,
  l.unclear,
  l.placed,
  s.places,
  if(s.places = 1 and l.placed = l.left_server, s.place, '') as one_place,
  if(l.placed = l.left_server, s.one_node, '') as one_node,
  s.by_place,
  (select count(*) from work.losses) as losses,
  (select count(*) from work.unheeded_answers) as unheeded,
  e.judged,
  e.reach_known,
  e.misses_frames
from work.evidence as e cross join lost as l cross join seen as s;

-- --- rules
-- from-another-address:
--   when: from_others >= $least and from_others >= left_server
--   verdict: confirmed
--   say: "{from_others|reply|replies} came to the client from another address than it had asked, which no resolver
--     takes: nothing had translated the server's address back into the service's"
-- place-seen:
--   when: one_place <> '' and left_server >= $least and in_log_only = 0
--   verdict: confirmed
--   say: "{left_server|reply|replies} left the server and never reached the client: lost {one_place}"
-- node-seen:
--   when: one_node <> '' and left_server >= $least and in_log_only = 0
--   verdict: confirmed
--   say: "{left_server|reply|replies} left the server and never reached the client, all of them lost on {one_node}"
-- seen-leaving:
--   when: left_server > 0 and left_server + in_log_only >= $least
--   verdict: confirmed
--   say: "{left_server|reply|replies} left the server and never reached the client"
-- logged:
--   when: in_log_only >= $least
--   verdict: confirmed
--   say: "{in_log_only|query is in a server's log with its|queries are in a server's log with their} answer, and no
--     answer reached the client"
-- few-or-not-captured:
--   when: left_server > 0 and misses_frames
--   verdict: possible
--   say: "{left_server|reply|replies} left the server and {left_server?was|were} not seen to reach the client, in
--     captures that miss frames"
-- few-from-another-address:
--   when: from_others > 0 and left_server = 0
--   verdict: likely
--   say: "{from_others|reply|replies} came to the client from another address than it had asked, which no resolver
--     takes: nothing had translated the server's address back into the service's"
-- few-seen-leaving:
--   when: left_server > 0
--   verdict: likely
--   say: "{left_server|reply|replies} left the server and never reached the client"
-- few-logged-or-not-captured:
--   when: in_log_only > 0 and misses_frames
--   verdict: possible
--   say: "{in_log_only|query is in a server's log with its answer, which was|queries are in a server's log with their
--     answers, which were} not seen to reach the client, in captures that miss frames"
-- few-logged:
--   when: in_log_only > 0
--   verdict: likely
--   say: "{in_log_only|query is in a server's log with its|queries are in a server's log with their} answer, and no
--     answer reached the client"
-- server-not-seen:
--   when: unclear > 0
--   verdict: possible
--   say: "{unclear|query|queries} got no answer; this evidence does not show whether the server replied"
-- asked-again:
--   when: unheeded > 0
--   verdict: possible
--   say: "{unheeded|answer|answers} passed the capture and {unheeded?its client|their clients} asked again for want of
--     {unheeded?it|them}: {unheeded?it was|they were} lost further on, or not taken"
-- all-delivered:
--   when: judged > 0 and (reach_known > 0 or losses = 0)
--   verdict: ruled_out
--   say: "every reply that left a server reached its client"
-- replies-not-seen:
--   when: judged > 0
--   verdict: no_evidence
--   say: "no capture shows replies as they leave a server"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no capture shows enough answers"

-- --- findings
-- - when: from_others > 0 and from_others < left_server
--   say: "{from_others|more reply|more replies} came to the client, from another address than it had asked"
-- - when: places > 1
--   each: by_place
