-- ---
-- title: Copies folded
-- description: >
--   One row per query that was sent once, with the rows of its copies and of its answer's that lie nearest to the
--   client. Rank orders legs from the client's side by all that says where they are: the address as the client knows it
--   before the translated one (a service's for a server's, the client's own for a node's), then the hop limit, which
--   falls on the way, then the capture nearer to the client, and within one capture time: a query is seen first, a
--   response last, where it is nearest to the client.
-- from: [raw.sightings, raw.packets, work.ways, work.attempts, work.translated_keys]
-- materialized: table
-- key: [key, attempt]
-- ---
with legs as (
  select
    coalesce(t.original_key, p.key) as key,
    coalesce(a.attempt, 1) as attempt,
    case when m.time is not null then not w.is_response end as is_query,
    m.rowid as message,
    epoch_ns(m.time) - w.ahead_ns as ns,
    w.src_id::BIGINT as src_id,
    w.dst_id::BIGINT as dst_id,
    w.hop_limit,
    work.leg_rank(
      w.is_response,
      t.key is not null,
      w.of_service,
      w.hop_limit,
      w.nearness,
      -- of 44 bits, which come round after 203 days
      (epoch_ns(m.time) - start.ns) // 1000 % (1::BIGINT << 44)
    ) as leg,
    w.until_ns
  from raw.sightings as m
  -- left joins, as they keep the order of the evidence: of legs of one rank the first one counts
  left join raw.packets as p on p.packet_id = m.packet_id
  left join work.ways as w on w.path_id = m.path_id
  cross join (select min(epoch_ns(time)) as ns from raw.sightings) as start
  left join work.attempts as a on a.message = m.rowid
  left join work.translated_keys as t on t.key = p.key
)
select
  key,
  attempt,
  arg_min(message, leg) filter (where is_query) as query,
  (arg_max(dst_id, leg) filter (where is_query))::UINTEGER as last_dst_id,
  min(hop_limit) filter (where is_query) as query_hop_min,
  (count(*) filter (where is_query))::INTEGER as copies,
  max(until_ns) filter (where is_query) as watched_until_ns,
  arg_min(message, leg) filter (where not is_query) as answer,
  (arg_max(src_id, leg) filter (where not is_query))::UINTEGER as first_src_id,
  min(ns) filter (where not is_query) as answer_first_ns,
  max(hop_limit) filter (where not is_query) as answer_hop_max,
  (count(*) filter (where not is_query))::INTEGER as answer_copies
from legs
group by key, attempt
having count(*) filter (where is_query) > 0
