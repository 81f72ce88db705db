-- ---
-- title: Where each capture was taken
-- description: >
--   One row a file of a capture, with the capture that it is a part of, from when until when that was taken, and the name of its node or pod: its label, else its file's
--   name, with its folder's where two captures would share it.
-- from: [sources, work.capture_ends]
-- materialized: table
-- ---
with files as (
  select
    s.source_id,
    s.source_id as capture_id,
    epoch_ns(s.first_time) as from_ns,
    e.until_ns,
    s.label,
    regexp_extract(s.path, '([^/]+?)(\.(pcapng|pcap|cap|dmp)\d*|\.txt|\.log)?(\.(gz|zst|xz|lz4))?$', 1) as stem,
    regexp_extract(s.path, '([^/]+)/[^/]+$', 1) as folder
  from sources as s
  inner join work.capture_ends as e on e.source_id = s.source_id
)
select
  source_id,
  capture_id,
  from_ns,
  until_ns,
  case
    when label is not null then label
    when min(capture_id) over (partition by stem) < max(capture_id) over (partition by stem) and folder <> '' then folder || '/' || stem
    else stem
  end as node
from files
