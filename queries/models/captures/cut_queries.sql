-- ---
-- title: Queries captured without their names
-- description: >
--   One row per query whose name was cut off in every capture that has it, as where tcpdump was told to keep few octets
--   of each packet (-s). It is in no other table of queries.
-- from: [work.cut_queries, work.address_ids]
-- materialized: view
-- columns:
--   source_id: the capture that has it, in sources
--   frame: its first frame there
--   client: the address that asked
-- ---
select c.source_id, c.frame, a.address as client
from work.cut_queries as c
inner join work.address_ids as a on a.raw_id = c.client_id
