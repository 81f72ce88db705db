-- ---
-- title: Entries of the conntrack table over time
-- description: One row per sample of nf_conntrack_count that has a time.
-- kind: chart
-- requires: [conntrack_table]
-- columns:
--   time: when, UTC
--   source: path of the input
--   entries: nf_conntrack_count
--   max_entries: nf_conntrack_max
--   filled_share: entries of the limit
-- chart: {mark: line, x: time, y: filled_share, color: source}
-- ---
select
  t.time,
  s.path as source,
  t.entries,
  t.max_entries,
  cast(t.entries as double) / nullif(t.max_entries, 0) as filled_share
from narrowed.conntrack_table as t
inner join sources as s on s.source_id = t.source_id
where t.time is not null
  and t.entries is not null
order by t.time, source
