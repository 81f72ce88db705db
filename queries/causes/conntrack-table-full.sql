-- ---
-- title: Conntrack table full
-- description: >
--   New flows were dropped because the node's conntrack table was full. Confirmed when drop or early_drop rose without insert_failed (or the kernel said
--   so) and the count was at its limit; likely with only one of the two.
-- kind: fault
-- precedence: 40
-- change:
--   - "Raise net.netfilter.nf_conntrack_max (and the hash size nf_conntrack_buckets) on the node; find what fills the table with conntrack -L."
--   - "Run NodeLocal DNSCache: its NOTRACK rules keep DNS out of the table."
-- collect:
--   - "while sleep 1; do date; conntrack -S; sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max; done > conntrack.log   # on the node"
--   - "dmesg -T | grep nf_conntrack > dmesg.log   # on the node"
-- look: [conntrack/table-over-time, conntrack/losses]
-- ---

-- --- signs
select
  w.transaction_id,
  'shown' as strength,
  'it was lost while the conntrack table was full: ' || work.lost_how(w.in_log, w.query_reached_server) as reason
from work.waits as w
where w.state = 'unanswered' and not w.query_reached_server
  and exists (select 1 from work.full_intervals as f where w.asked_ns between f.from_ns and f.until_ns);

-- --- numbers
with moved as (
  select coalesce(sum(dropped), 0)::BIGINT as turned_away from work.full_intervals where dropped is not null
),
lost as (
  select
    count(*) filter (
      where exists (select 1 from work.full_intervals as f where l.asked_ns between f.from_ns and f.until_ns)
    ) as during,
    count(*) filter (where l.query_reached_server = false and not l.half) as whole,
    count(*) filter (where l.query_reached_server is null) as unclear
  from work.losses as l
  where l.query_reached_server is not true
)
select
  m.turned_away,
  l.during,
  l.whole,
  l.unclear,
  e.table_fill,
  e.full_messages::BIGINT as full_messages,
  coalesce(e.table_fill >= $table_full_share, false) or e.full_messages > 0 as at_limit,
  e.has_counters,
  e.dropped::BIGINT as dropped,
  e.early_dropped::BIGINT as early_dropped,
  e.insert_failed::BIGINT as insert_failed,
  e.judged
from work.evidence as e cross join moved as m cross join lost as l;

-- --- rules
-- full-and-turned-away:
--   when: turned_away > 0 and at_limit and (during > 0 or judged = 0) and table_fill is not null
--   verdict: confirmed
--   say: "{turned_away|new flow was|new flows were} turned away for want of room and the table was {table_fill:%} full at its fullest; {during|DNS query was|DNS queries were} lost in those moments"
-- kernel-says-full:
--   when: turned_away > 0 and at_limit and (during > 0 or judged = 0)
--   verdict: confirmed
--   say: "{turned_away|new flow was|new flows were} turned away for want of room; {during|DNS query was|DNS queries were} lost in those moments"
-- turned-away:
--   when: turned_away > 0 and table_fill is null and (during > 0 or judged = 0)
--   verdict: likely
--   say: "{turned_away|new flow was|new flows were} turned away for want of room; {during|DNS query was|DNS queries were} lost in those moments"
-- full-without-counters:
--   when: at_limit and during > 0 and not has_counters and table_fill is not null
--   verdict: likely
--   say: "{turned_away|new flow was|new flows were} turned away for want of room and the table was {table_fill:%} full at its fullest; {during|DNS query was|DNS queries were} lost in those moments"
-- kernel-alone:
--   when: at_limit and during > 0 and not has_counters
--   verdict: likely
--   say: "{turned_away|new flow was|new flows were} turned away for want of room; {during|DNS query was|DNS queries were} lost in those moments"
-- full-at-other-times:
--   when: (turned_away > 0 or at_limit) and table_fill is not null
--   verdict: possible
--   say: "{turned_away|new flow was|new flows were} turned away for want of room and the table was {table_fill:%} full at its fullest; {during|DNS query was|DNS queries were} lost in those moments"
-- turned-away-at-other-times:
--   when: turned_away > 0 or at_limit
--   verdict: possible
--   say: "{turned_away|new flow was|new flows were} turned away for want of room; {during|DNS query was|DNS queries were} lost in those moments"
-- room-left:
--   when: has_counters and table_fill is not null
--   verdict: ruled_out
--   say: "no new flow was turned away for want of room, and the table was {table_fill:%.1} full at its fullest"
-- counters-still:
--   when: has_counters
--   verdict: ruled_out
--   say: "no new flow was turned away for want of room"
-- never-full:
--   when: table_fill is not null
--   verdict: ruled_out
--   say: "the table was {table_fill:%.1} full at its fullest"
-- lost-whole:
--   when: whole > 0
--   verdict: possible
--   say: "{whole|query was|queries were} lost before the server, twins and all; without the counters a full table cannot be told from other losses"
-- lost-somewhere:
--   when: unclear > 0
--   verdict: possible
--   say: "{unclear|query|queries} got no answer; without the counters a full table cannot be told from other losses"
-- none-lost:
--   when: judged > 0
--   verdict: ruled_out
--   say: "no queries were lost before a server"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "there are no counters and no capture that shows losses"

-- --- findings
-- - when: has_counters
--   say: "drop rose by {dropped}, early_drop by {early_dropped}, insert_failed by {insert_failed}"
-- - when: full_messages > 0
--   say: 'the kernel said "table full, dropping packet" {full_messages|time|times}'
