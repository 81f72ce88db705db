-- ---
-- title: Conntrack table full
-- description: >
--   One row; whether new flows were dropped because the node's conntrack table was full. Confirmed when drop or early_drop rose without insert_failed (or the kernel said
--   so) and the count was at its limit; likely with only one of the two.
-- kind: fault
-- from: [work.evidence, work.full_intervals, work.losses]
-- change:
--   - "Raise net.netfilter.nf_conntrack_max (and the hash size nf_conntrack_buckets) on the node; find what fills the table with conntrack -L."
--   - "Run NodeLocal DNSCache: its NOTRACK rules keep DNS out of the table."
-- collect:
--   - "while sleep 1; do date; conntrack -S; sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max; done > conntrack.log   # on the node"
--   - "dmesg -T | grep nf_conntrack > dmesg.log   # on the node"
-- look: [conntrack/table-over-time, conntrack/losses]
-- ---
with moved as (
  select coalesce(sum(dropped), 0) as turned_away from work.full_intervals where dropped is not null
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
),
numbers as (
  select e.*, m.turned_away, l.during, l.whole, l.unclear, coalesce(e.table_fill >= $table_full_share, false) or e.full_messages > 0 as at_limit
  from work.evidence as e cross join moved as m cross join lost as l
)
select
  case
    when turned_away > 0 and at_limit and (during > 0 or judged = 0) then 'confirmed'
    when turned_away > 0 and table_fill is null and (during > 0 or judged = 0) then 'likely'
    when at_limit and during > 0 and not has_counters then 'likely'
    when turned_away > 0 or at_limit then 'possible'
    when has_counters or table_fill is not null then 'ruled_out'
    when whole + unclear > 0 then 'possible'
    when judged > 0 then 'ruled_out'
    else 'no_evidence'
  end as verdict,
  case
    when turned_away > 0 or at_limit then format(
      '{} turned away for want of room{}; {} lost in those moments',
      work.counted(turned_away, 'new flow was', 'new flows were'),
      case when table_fill is null then '' else format(' and the table was {:.0f} % full at its fullest', 100 * table_fill) end,
      work.counted(during, 'DNS query was', 'DNS queries were')
    )
    when has_counters and table_fill is not null then format('no new flow was turned away for want of room, and the table was {:.1f} % full at its fullest', 100 * table_fill)
    when has_counters then 'no new flow was turned away for want of room'
    when table_fill is not null then format('the table was {:.1f} % full at its fullest', 100 * table_fill)
    when whole > 0 then work.counted(whole, 'query was', 'queries were') || ' lost before the server, twins and all; without the counters a full table cannot be told from other losses'
    when unclear > 0 then work.counted(unclear, 'query', 'queries') || ' got no answer; without the counters a full table cannot be told from other losses'
    when judged > 0 then 'no queries were lost before a server'
    else 'there are no counters and no capture that shows losses'
  end as summary,
  list_filter([
    case when has_counters then format('drop rose by {}, early_drop by {}, insert_failed by {}', dropped::BIGINT, early_dropped::BIGINT, insert_failed::BIGINT) end,
    case when full_messages > 0 then 'the kernel said "table full, dropping packet" ' || work.counted(full_messages, 'time', 'times') end
  ], x -> x is not null) as findings
from numbers
