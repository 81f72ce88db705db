-- ---
-- title: Whether the losses have the shape of a race
-- description: >
--   One row; how many queries were lost on their way and what they were halves of, and whether that is what a race
--   does: it loses halves of pairs that leave one socket at once, spares pairs of two sockets, and is counted in
--   insert_failed.
-- from: [work.race_losses, work.wire_twins, work.evidence, conntrack_deltas]
-- materialized: table
-- key: []
-- ---
with lost as (
  select
    count(*) filter (where query_reached_server = false) as short,
    count(*) filter (where query_reached_server = false and half and not apart_at_once) as halves,
    count(*) filter (where query_reached_server is null and half and not apart_at_once) as unclear,
    count(*) filter (where query_reached_server is not true and half and together) as together,
    count(*) filter (where query_reached_server = false and half and apart_at_once) as apart_lost,
    count(*) filter (where query_reached_server = false and half_behind) as behind,
    count(*) filter (where query_reached_server = false and pair) as of_pairs,
    coalesce(count(*) filter (where half) >= $race_half_share * count(*), false) as mostly_halves,
    count(*) filter (where asked_ns between c.from_ns and c.until_ns) >= $race_counted_share * count(*) as counted
  from work.race_losses
  cross join (
    select min(epoch_ns(from_time)) as from_ns, max(epoch_ns(to_time)) as until_ns
    from conntrack_deltas
    where counter = 'insert_failed'
  ) as c
),
pairs as (
  select
    count(*) filter (where at_once and not one_socket) as apart,
    count(*) filter (where one_socket or not at_once) as shared
  from work.wire_twins
)
select
  l.*,
  p.*,
  -- two packets of two sockets race for nothing: where those are lost as often, it is no race
  l.apart_lost = 0 or l.apart_lost * p.shared <= $race_apart_ratio * l.halves * p.apart as spares_two_sockets,
  coalesce(e.has_counters and e.insert_failed = 0 and l.counted, false) as counters_still
from lost as l
cross join pairs as p
cross join work.evidence as e
