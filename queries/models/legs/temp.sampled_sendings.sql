-- ---
-- title: Answered sendings that show the way
-- description: >
--   One row per answered sending of those by which the way of others is told: some of each client's leg, server and
--   server behind it, none where nothing is undelivered.
-- from: [temp.sendings, temp.undelivered]
-- materialized: table
-- key: [key, attempt]
-- ---
with ways as (
  select
    -- the hash of its time takes them from all of the capture, the same in every run
    arg_min({key: key, attempt: attempt}, hash(asked_ns), 16) as picked
  from temp.sendings
  where answer_src_id is not null and qname_id is not null and exists (from temp.undelivered)
  group by
    source_id, interface_id, server_id, case when last_dst_id <> server_id then last_dst_id else answer_first_src_id end
),
enough as (
  select greatest(1, 20000 // greatest(count(*), 1)) as number from ways
)
select one.key, one.attempt
from (select unnest(picked[: enough.number]) as one from ways cross join enough)
