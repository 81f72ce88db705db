-- ---
-- title: Parent domains of what programs asked for
-- description: One row per lookup of a program, with its name as the program asked for it and the domain that this is directly below.
-- from: [work.wire_lookups]
-- materialized: view
-- ---
select lookup_id, client_id, name, regexp_extract(name, '^[^.]+\.(.+)$', 1) as domain
from work.wire_lookups
where name like '%.%'
