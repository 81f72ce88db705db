-- ---
-- title: Where each capture was taken
-- description: >
--   One row per file of a capture, with the capture that it is a part of, from when until when that was taken, and the
--   name of its node or pod: its label, else its file's name, with its folder's where two captures would share it.
-- from: [raw.sources, work.captures, work.capture_clocks]
-- materialized: table
-- key: [source_id]
-- ---
with files as (
  select
    c.source_id,
    c.capture_id,
    k.from_ns,
    k.until_ns,
    first_value(s.label) over capture as label,
    regexp_extract(
      first_value(s.path) over capture, '([^/]+?)(\.(pcapng|pcap|cap|dmp)\d*|\.txt|\.log)?(\.(gz|zst|xz|lz4))?$', 1
    ) as stem,
    regexp_extract(first_value(s.path) over capture, '([^/]+)/[^/]+$', 1) as folder
  from raw.sources as s
  inner join work.captures as c on c.source_id = s.source_id
  inner join work.capture_clocks as k on k.source_id = c.source_id
  window capture as (partition by c.capture_id order by c.place)
)
select
  source_id,
  capture_id,
  from_ns,
  until_ns,
  case
    when label is not null then label
    when min(capture_id) over (partition by stem) < max(capture_id) over (partition by stem) and folder <> ''
      then folder || '/' || stem
    else stem
  end as node
from files
