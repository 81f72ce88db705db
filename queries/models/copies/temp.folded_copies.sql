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
    coalesce(translated_keys.original_key, packets.key) as key,
    coalesce(attempts.attempt, 1) as attempt,
    case when sightings.time is not null then not ways.is_response end as is_query,
    sightings.rowid as message,
    epoch_ns(sightings.time) - ways.ahead_ns as ns,
    ways.src_id::BIGINT as src_id,
    ways.dst_id::BIGINT as dst_id,
    ways.hop_limit,
    work.leg_rank(
      ways.is_response,
      translated_keys.key is not null,
      ways.of_service,
      ways.hop_limit,
      ways.nearness,
      -- of 44 bits, which come round after 203 days
      (epoch_ns(sightings.time) - start.ns) // 1000 % (1::BIGINT << 44)
    ) as leg,
    ways.until_ns
  from raw.sightings
  -- left joins, as they keep the order of the evidence: of legs of one rank the first one counts
  left join raw.packets on packets.packet_id = sightings.packet_id
  left join work.ways on ways.path_id = sightings.path_id
  cross join (select min(epoch_ns(time)) as ns from raw.sightings) as start
  left join work.attempts on attempts.message = sightings.rowid
  left join work.translated_keys on translated_keys.key = packets.key
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
