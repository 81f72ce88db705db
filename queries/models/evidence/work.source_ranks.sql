-- ---
-- title: The order of sources
-- description: >
--   One row per source, with its place among all by what is in them: captures with their files first, then by time,
--   label and content. Whatever order inputs were read in, and whatever numbers they got by that, this is how rows of
--   two sources are ordered where their times are the same.
-- from: [raw.sources, work.captures]
-- materialized: table
-- key: [source_id]
-- ---
select
  s.source_id,
  row_number() over (
    order by
      c.place nulls last, s.first_time nulls last, s.label, s.kind, s.last_time, s."rows", s.content_sha256, s.path
  ) as source_rank
from raw.sources as s
left join work.captures as c on c.source_id = s.source_id
