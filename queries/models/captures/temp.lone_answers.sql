-- ---
-- title: Answers whose query no capture shows
-- description: >
--   One row per answer over UDP of which no leg of its query is seen, at its leg nearest to the client. An answer that
--   comes once more, after the one that its client took, has its query.
-- from: [temp.folded_copies, raw.sightings, raw.packets, work.ways, work.captures, work.name_ids]
-- materialized: table
-- ---
with lone as (
  select key, answer, answer_first_ns
  from temp.folded_copies
  where query is null
),
-- of these alone, as all keys would take much memory
with_query as (
  select distinct folded_copies.key
  from temp.folded_copies
  inner join lone on lone.key = folded_copies.key
  where folded_copies.query is not null
)
select
  captures.capture_id,
  ways.dst_id as client_id,
  packets.client_port,
  ways.src_id as server_id,
  names.name_id as qname_id,
  lone.answer_first_ns as ns,
  captures.from_ns as watched_from_ns
from lone
inner join raw.sightings on sightings.rowid = lone.answer
inner join raw.packets on packets.packet_id = sightings.packet_id
inner join work.ways on ways.path_id = sightings.path_id and ways.protocol = 0
inner join work.captures on captures.source_id = sightings.source_id
inner join work.name_ids as names on names.raw_id = packets.qname_id
where lone.key not in (select k.key from with_query as k)
