-- ---
-- title: Queries that shared a TCP segment
-- description: One row per query that was not the first in its TCP segment, with the first one. glibc sends both twins
--   in one.
-- from: [work.wire_transactions]
-- materialized: table
-- key: [transaction_id]
-- ---
select transaction_id, first_id, qtype
from (
  select transaction_id, qtype, min(transaction_id) over (partition by source_id, frame) as first_id
  from work.wire_transactions
  where protocol = 1
) as t
where transaction_id <> first_id
