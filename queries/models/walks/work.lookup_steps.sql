-- ---
-- title: Steps of lookups, put together
-- description: >
--   One row per step of a lookup: a walk over the search list, or a step that is no part of one. glibc asks all over
--   again at once when an answer of over 1,000 octets did not fit its buffer: that is still the same lookup.
-- from: [work.walks, work.wire_steps, work.forwarders]
-- materialized: table
-- key: [step_id]
-- ---
with members as (
  select
    s.step_id, s.client_id, s.qname_id, s.started_ns, s.ended_ns, s.answer_bytes,
    coalesce(w.walk_id, s.step_id) as walk_id,
    w.base_id,
    -- what was asked for; names that are no part of a walk by negative numbers
    coalesce(w.base_id, -s.qname_id::BIGINT) as asked
  from work.wire_steps as s
  left join work.walks as w on w.step_id = s.step_id
  where s.client_id not in (select f.address_id from work.forwarders as f)
),
large as (
  select distinct client_id, asked from members where answer_bytes > 1000
),
starts as (
  select
    walk_id,
    client_id,
    asked,
    min(started_ns) as started_ns,
    max(ended_ns) as ended_ns,
    max(answer_bytes) as answer_bytes
  from members
  where (client_id, asked) in (from large)
  group by all
),
repeats as (
  select
    walk_id,
    client_id,
    asked,
    started_ns,
    coalesce(
      lag(answer_bytes) over again > 1000
      and started_ns - lag(ended_ns) over again between 0 and work.ns($again_seconds),
      false
    ) as again
  from starts
  window again as (partition by client_id, asked order by started_ns, walk_id)
),
lookups as (
  select
    walk_id,
    max(case when not again then walk_id end)
      over (partition by client_id, asked order by started_ns, walk_id rows unbounded preceding) as lookup_id
  from repeats
)
select m.step_id, coalesce(l.lookup_id, m.walk_id) as lookup_id, m.base_id
from members as m
left join lookups as l on l.walk_id = m.walk_id
