-- ---
-- title: Captures
-- description: >
--   One row per file of a capture that has times, with the capture that it is a part of: files that rotate are one
--   capture, and so are files of one label that go on from each other. A file goes on from another where it begins
--   within 2 s of the other's end (a minute where their names count on), by no more than half of either before it, and
--   no label says otherwise; of several it is the one with the name, the label and the time nearest. Captures are
--   numbered by their beginnings, their files (place) by captures and then times.
-- from: [raw.sources]
-- materialized: table
-- key: [source_id]
-- ---
with recursive files as (
  select
    source_id,
    label,
    rotation_set,
    rotation_place,
    epoch_ns(first_time) as first_ns,
    epoch_ns(last_time) as last_ns,
    row_number() over (order by first_time, last_time, label, "rows", content_sha256, path) as number
  from raw.sources
  where is_capture and last_time is not null
),
pairs as (
  select
    a.number as earlier,
    b.number as later,
    a.rotation_set = b.rotation_set as same_set,
    a.rotation_set = b.rotation_set and b.rotation_place = a.rotation_place + 1 as counts_on,
    coalesce(a.label = b.label, false) as same_label,
    abs(b.first_ns - a.last_ns) as apart
  from files as a
  inner join files as b
    on b.first_ns between a.last_ns - work.ns($file_gap_seconds) and a.last_ns + work.ns($named_file_gap_seconds)
    and b.first_ns >= a.first_ns
    and b.last_ns >= a.last_ns
    and b.number > a.number
    and coalesce(a.label = b.label, true)
    -- files that were written at once are two captures; interfaces may disagree by some microseconds
    and a.last_ns - b.first_ns
    <= greatest(work.ns($interface_slack_seconds), least(a.last_ns - a.first_ns, b.last_ns - b.first_ns) // 2)
),
choices as (
  select
    earlier,
    later,
    row_number() over (
      partition by earlier order by counts_on desc, same_set desc, same_label desc, apart, later
    ) as choice_of_earlier,
    row_number() over (
      partition by later order by counts_on desc, same_set desc, same_label desc, apart, earlier desc
    ) as choice_of_later
  from pairs
  where counts_on or apart <= work.ns($file_gap_seconds)
),
links as (
  select earlier, later
  from choices
  where choice_of_earlier = 1 and choice_of_later = 1
),
-- from each file to the first of its chain: what is found of one is the next step of those after it, so that steps
-- double
chains(number, first_number) using key (number) as (
  select f.number, coalesce(l.earlier, f.number)
  from files as f
  left join links as l on l.later = f.number
  union
  select c.number, o.first_number
  from chains as c
  inner join recurring.chains as o on o.number = c.first_number
  where o.first_number <> c.first_number
),
-- in an order that does not change where a capture is cut into files
numbered as (
  select
    c.first_number,
    min(f.first_ns) as from_ns,
    max(f.last_ns) as until_ns,
    row_number() over (order by min(f.first_ns), min(f.label), max(f.last_ns), c.first_number) as capture_id
  from files as f
  inner join chains as c on c.number = f.number
  group by c.first_number
)
select
  f.source_id,
  n.capture_id,
  row_number() over (order by n.capture_id, f.number) as place,
  n.from_ns,
  n.until_ns
from files as f
inner join chains as c on c.number = f.number
inner join numbered as n on n.first_number = c.first_number
