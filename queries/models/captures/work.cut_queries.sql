-- ---
-- title: Queries whose name was cut off
-- description: >
--   One row per query that has a question whose name no capture shows, as where tcpdump was told to keep few octets of
--   each packet (-s): it is in no transaction, lookup or loss.
-- from: [temp.sendings, raw.sightings, raw.packets, raw.shapes]
-- materialized: table
-- ---
select s.source_id, s.frame, s.client_id, s.asked_ns
from temp.sendings as s
inner join raw.sightings as q on q.rowid = s.message
inner join raw.packets as p on p.packet_id = q.packet_id
inner join raw.shapes as h on h.shape_id = p.shape_id
where s.qname_id is null
  and h.questions > 0
  -- another capture may have all of it
  and (s.client_id, s.client_port, s.txid, s.protocol) not in (
    select n.client_id, n.client_port, n.txid, n.protocol
    from temp.sendings as n
    where n.qname_id is not null
  )
