-- ---
-- title: Whether it is the large answers that are lost
-- description: >
--   One row; how many answers of a known size were lost, how many of these were large, the size of the smallest large
--   one, and how many as large were delivered. only_large: the lost ones are large, and hardly any that large arrive.
-- from: [work.sized_losses, work.judged_transactions]
-- materialized: table
-- key: []
-- ---
with lost as (
  select
    count(*) as lost,
    count(*) filter (where bytes >= $large_answer_bytes) as large_lost,
    min(bytes) filter (where bytes >= $large_answer_bytes) as smallest,
    max(bytes) as largest
  from work.sized_losses
),
delivered as (
  select
    count(*) filter (where t.answer_bytes >= l.smallest) as large_delivered,
    count(*) filter (where t.answer_bytes < l.smallest) as small_delivered,
    max(t.answer_bytes) filter (where t.answer_bytes < l.smallest)::BIGINT as largest_delivered
  from work.judged_transactions as t
  cross join lost as l
  where t.state = 'answered' and t.protocol = 0 and not t.from_forwarder
)
select
  l.*,
  d.*,
  l.large_lost > 0
  and l.large_lost >= $large_lost_share * l.lost
  and d.large_delivered <= (1 - $large_lost_share) * l.large_lost
  and d.small_delivered >= l.large_lost as only_large
from lost as l cross join delivered as d
