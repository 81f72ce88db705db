-- ---
-- title: What could not be read
-- description: One row per source and kind of problem in it, with the place of the first one and how often it occurs.
-- kind: table
-- requires: [sources]
-- columns:
--   source: path of the input
--   kind: kind of evidence
--   position: frame, line or byte of the first one
--   code: kind of problem
--   detail: what is wrong and what was kept
--   example: the first such text of the evidence, where one is shown
--   count: how often
-- ---
select s.path as source, s.kind, p.position, p.code, p.detail, p.example, p.count
from problems as p
inner join sources as s on s.source_id = p.source_id
order by p.count desc, source, p.code
