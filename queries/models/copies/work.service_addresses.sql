-- ---
-- title: Addresses that are translated on the way
-- description: >
--   One row per address id that queries are sent to and that translation (DNAT) exchanges for that of a server behind
--   it. One query is then seen with two destinations; the one that most of a pair's queries show first, by hop limit
--   and then by time, is the service's.
-- from: [work.seen_messages, work.address_ids]
-- materialized: table
-- key: [raw_id]
-- ---
with seen_twice as (
  select
    min(dst_id) as one_id,
    max(dst_id) as other_id,
    arg_max(dst_id, hop_limit::BIGINT * (1::BIGINT << 44) - epoch_ns(time) // 1000) as first_id
  from work.seen_messages
  where not is_response
  group by key
  -- a resolver that asks two servers at once with one id sends two packets, which copies are not
  having min(dst_id) <> max(dst_id) and coalesce(min(nullif(ip_id, 0)) = max(nullif(ip_id, 0)), true)
),
pairs as (
  select
    first.address_id as from_id,
    behind.address_id as to_id,
    count(*) as queries
  from seen_twice as s
  inner join work.address_ids as first on first.raw_id = s.first_id
  inner join work.address_ids as behind
    on behind.raw_id = case when s.first_id = s.one_id then s.other_id else s.one_id end
  group by 1, 2
)
select i.raw_id
from work.address_ids as i
where i.address_id in (
  select p.from_id
  from pairs as p
  left join pairs as r on r.from_id = p.to_id and r.to_id = p.from_id
  where p.from_id <> p.to_id and p.queries > coalesce(r.queries, 0)
)
