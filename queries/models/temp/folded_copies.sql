-- ---
-- title: Copies folded
-- description: >
--   One row per query that was sent once, with the rows of its copies and of its answer's that lie nearest to the client. Rank orders legs from the client's
--   side by all that says where they are: the address as the client knows it before the translated one (a service's for a server's, the client's own
--   for a node's), then the hop limit, which falls on the way, then the capture nearer to the client, and within one capture time: a query is seen first,
--   a response last, where it is nearest to the client.
-- from: [raw.messages, work.attempts, work.translated_keys, work.service_addresses, work.client_captures, work.capture_clocks]
-- materialized: table
-- ---
with legs as (
  select
    coalesce(t.original_key, m.key) as key,
    coalesce(a.attempt, 1) as attempt,
    not work.is_response(m.flags) as is_query,
    m.rowid as message,
    epoch_ns(m.time) - coalesce(e.ahead_ns, 0) as ns,
    m.src_id::BIGINT as src_id,
    m.dst_id::BIGINT as dst_id,
    m.hop_limit,
    work.leg_rank(
      work.is_response(m.flags),
      t.key is not null,
      case when work.is_response(m.flags) then m.src_id else m.dst_id end in (select s.raw_id from work.service_addresses as s),
      m.hop_limit,
      n.nearness,
      -- of 44 bits, which come round after 203 days
      (epoch_ns(m.time) - start.ns) // 1000 % (1::BIGINT << 44)
    ) as leg,
    e.until_ns
  from raw.messages as m
  cross join (select min(epoch_ns(time)) as ns from raw.messages) as start
  left join work.attempts as a on a.message = m.rowid
  left join work.translated_keys as t on t.key = m.key
  left join work.capture_clocks as e on e.source_id = m.source_id
  left join work.client_captures as n
    on n.client_id = case when work.is_response(m.flags) then m.dst_id else m.src_id end and n.capture_id = e.capture_id
  where m.time is not null
)
select
  key,
  attempt,
  arg_min(message, leg) filter (where is_query) as query,
  arg_max(dst_id, leg) filter (where is_query) as last_dst_id,
  min(hop_limit) filter (where is_query) as query_hop_min,
  (count(*) filter (where is_query))::INTEGER as copies,
  max(until_ns) filter (where is_query) as watched_until_ns,
  arg_min(message, leg) filter (where not is_query) as answer,
  arg_max(src_id, leg) filter (where not is_query) as first_src_id,
  min(ns) filter (where not is_query) as answer_first_ns,
  max(hop_limit) filter (where not is_query) as answer_hop_max,
  (count(*) filter (where not is_query))::INTEGER as answer_copies
from legs
group by key, attempt
having count(*) filter (where is_query) > 0
