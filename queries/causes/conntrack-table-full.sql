-- ---
-- title: Conntrack table full
-- description: >
--   New flows were dropped because the node's conntrack table was full. Confirmed when drop or early_drop rose without
--   insert_failed and the count was at its limit or the kernel said so; likely with only one of the two, or where an
--   EC2 instance's own connection tracking, which is another table, counted what it dropped.
-- kind: fault
-- hits: clients
-- precedence: 40
-- change:
--   - {when: tracking_rise + tracking_total > 0,
--       say: "Where it is the instance's own connection tracking (conntrack_allowance_exceeded): take a larger
--         instance; nf_conntrack_max has no part in it."}
--   - {when: tracking_rise + tracking_total > 0,
--       say: "Security groups that allow all DNS in both directions leave it untracked there."}
--   - "Raise net.netfilter.nf_conntrack_max (and nf_conntrack_buckets) on the node; conntrack -L shows what fills the
--       table."
--   - {what_if: nodelocal, say: "Run NodeLocal DNSCache: its NOTRACK rules keep DNS out of the table."}
-- collect:
--   - "while sleep 1; do date; conntrack -S; sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max;
--       done > conntrack.log   # on the node"
--   - "dmesg -T | grep nf_conntrack > dmesg.log   # on the node"
-- look: [conntrack/table-over-time, conntrack/losses]
-- panels: [queries lost on the way to, conntrack table filled share, conntrack drop, conntrack early_drop]
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
    count(*) filter (where l.query_reached_server = false and not l.half and s.cause is null) as whole,
    count(*) filter (where l.query_reached_server is null and s.cause is null) as unclear,
    count(*) as lost_before
  from work.losses as l
  left join work.silent_losses as s on s.transaction_id = l.transaction_id
  where l.query_reached_server is not true
)
select
  m.turned_away,
  l.during,
  l.whole,
  l.unclear,
  l.lost_before,
  e.table_fill,
  e.full_messages::BIGINT as full_messages,
  coalesce(e.table_fill >= $table_full_share, false) or e.full_messages > 0 as at_limit,
  (select count(*) > 0 from conntrack_table where full_messages > 0 and time is null) as full_untimed,
  l.whole + l.unclear as missing,
  e.has_counters,
  -- samples beside the kernel's lines in which nothing was dropped
  e.has_counters and e.dropped + e.early_dropped = 0 as counters_rest,
  e.boot_dropped,
  e.dropped::BIGINT as dropped,
  e.early_dropped::BIGINT as early_dropped,
  e.insert_failed::BIGINT as insert_failed,
  e.judged,
  c.tracking_rise,
  c.tracking_total
from work.evidence as e cross join moved as m cross join lost as l cross join work.counter_facts as c;

-- --- rules
-- full-and-turned-away:
--   when: turned_away > 0 and at_limit and during > 0 and table_fill is not null
--   verdict: confirmed
--   say: "{turned_away|new flow was|new flows were} turned away for want of room and the table was {table_fill:%} full
--     at its fullest; {during|DNS query was|DNS queries were} lost in those moments"
-- kernel-says-full:
--   when: turned_away > 0 and at_limit and during > 0
--   verdict: confirmed
--   say: "{turned_away|new flow was|new flows were} turned away for want of room; {during|DNS query was|DNS queries
--     were} lost in those moments"
-- full-without-capture:
--   when: turned_away > 0 and at_limit and judged = 0
--   verdict: confirmed
--   say: "{turned_away|new flow was|new flows were} turned away for want of room; no capture shows whether DNS was hit"
-- turned-away:
--   when: turned_away > 0 and table_fill is null and during > 0
--   verdict: likely
--   say: "{turned_away|new flow was|new flows were} turned away for want of room; {during|DNS query was|DNS queries
--     were} lost in those moments"
-- turned-away-without-capture:
--   when: turned_away > 0 and table_fill is null and judged = 0
--   verdict: likely
--   say: "{turned_away|new flow was|new flows were} turned away without a clash; no capture shows whether DNS was hit"
-- full-without-counters:
--   when: at_limit and during > 0 and not has_counters and table_fill is not null
--   verdict: likely
--   say: "the table was {table_fill:%} full at its fullest; {during|DNS query was|DNS queries were} lost in those
--     moments"
-- kernel-alone:
--   when: full_messages > 0 and during > 0 and not has_counters
--   verdict: likely
--   say: "the kernel said that the table was full and that it dropped packets; {during|DNS query was|DNS queries were}
--     lost in those moments"
-- kernel-without-capture:
--   when: full_messages > 0 and judged = 0 and not counters_rest
--   verdict: likely
--   say: "the kernel said that the table was full and that it dropped packets; no capture shows whether DNS was hit"
-- kernel-at-no-known-time:
--   when: full_messages > 0 and full_untimed and whole + unclear > 0 and not counters_rest
--   verdict: likely
--   say: "the kernel said that the table was full and that it dropped packets, at a time that its lines do not tell;
--     {missing|DNS query|DNS queries} got no answer"
-- instance-counted:
--   when: tracking_rise > 0
--   verdict: likely
--   say: "the EC2 instance's own connection tracking was full and dropped {tracking_rise|packet|packets} of new flows
--     (conntrack_allowance_exceeded rose); which of them were DNS it does not say"
-- turned-away-with-room:
--   when: turned_away > 0 and not at_limit
--   verdict: possible
--   say: "{turned_away|new flow was|new flows were} turned away without a clash, though no sample has the table full"
-- turned-away-at-other-times:
--   when: turned_away > 0
--   verdict: possible
--   say: "{turned_away|new flow was|new flows were} turned away for want of room; no DNS query is seen to be lost in
--     those moments"
-- kernel-at-other-times:
--   when: full_messages > 0
--   verdict: possible
--   say: "the kernel said that the table was full and that it dropped packets; no DNS query is seen to be lost in those
--     moments"
-- full-at-other-times:
--   when: at_limit
--   verdict: possible
--   say: "the table was {table_fill:%} full at its fullest; no DNS query is seen to be lost in those moments"
-- instance-counted-since-boot:
--   when: tracking_total > 0
--   verdict: possible
--   say: "the EC2 instance's own connection tracking has dropped {tracking_total|packet|packets} of new flows since
--     boot (conntrack_allowance_exceeded); one reading does not say when"
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
--   say: "{whole|query was|queries were} lost before the server, both of a pair alike; without the counters a full
--     table cannot be told from other losses"
-- lost-somewhere:
--   when: unclear > 0
--   verdict: possible
--   say: "{unclear|query|queries} got no answer; without the counters a full table cannot be told from other losses"
-- lost-otherwise:
--   when: judged > 0 and lost_before > 0
--   verdict: ruled_out
--   say: "{lost_before|query that was|queries that were} lost before a server {lost_before?is|are} one of a
--     pair whose other came through, or another cause has {lost_before?it|them}: a full table turns both away"
-- none-lost:
--   when: judged > 0
--   verdict: ruled_out
--   say: "no queries were lost before a server"
-- one-sample:
--   when: boot_dropped >= 0
--   verdict: no_evidence
--   say: "drop and early_drop stood at {boot_dropped} in the one sample of the counters; that is since boot, so that it
--     is open when they rose"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "there are no counters and no capture that shows losses"

-- --- findings
-- - when: has_counters
--   say: "conntrack counted drop +{dropped}, early_drop +{early_dropped}, insert_failed +{insert_failed}"
-- - when: full_messages > 0
--   say: 'the kernel said "table full, dropping packet" {full_messages|time|times}'

-- --- fix
-- - title: Make the table larger
--   shell: |
--     sysctl -w net.netfilter.nf_conntrack_max={{table_max_doubled}}   # on the node
--     echo net.netfilter.nf_conntrack_max={{table_max_doubled}} > /etc/sysctl.d/90-nf-conntrack.conf   # on the node, to keep it
--     conntrack -L 2>/dev/null | awk '{print $1, $4, $5}' | sort | uniq -c | sort -rn | head   # on the node: what fills it
--   risk: An entry takes some 320 bytes of kernel memory; kube-proxy sets the value again when it starts (its
--     conntrack.maxPerCore and conntrack.min), so set it there too.
-- - nodelocal
