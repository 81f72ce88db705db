-- ---
-- title: How full the conntrack table was
-- description: One row per source of nf_conntrack_count and nf_conntrack_max or of the kernel's log; its fullest
--   moment.
-- kind: table
-- requires: [conntrack_table]
-- params:
--   full_share: {type: number, default: 0.95, description: share of the limit that counts as full}
-- narrow: [source, samples, entries_max, limit_min, fullest_share, reading]
-- columns:
--   source: path of the input
--   samples: samples with a count
--   entries_max: most entries seen
--   limit_min: lowest limit seen (nf_conntrack_max may be changed while running)
--   fullest_share: entries of the limit at the fullest sample
--   full_samples: samples at or over the share that counts as full
--   full_first_at: first of these, UTC
--   full_last_at: last of these, UTC
--   full_messages: lines of the kernel that said the table is full
--   reading: what the numbers can say
-- ---
with samples as (
  select
    source_id, time, entries, max_entries, full_messages,
    cast(entries as double) / nullif(max_entries, 0) as share
  from narrowed.conntrack_table
)
select
  i.path as source,
  count(s.entries) as samples,
  max(s.entries) as entries_max,
  min(s.max_entries) as limit_min,
  max(s.share) as fullest_share,
  count_if(s.share >= $full_share::double) as full_samples,
  min(case when s.share >= $full_share::double then s.time end) as full_first_at,
  max(case when s.share >= $full_share::double then s.time end) as full_last_at,
  sum(s.full_messages) as full_messages,
  case
    when sum(s.full_messages) > 0 then 'the kernel said that the table was full'
    when max(s.share) >= $full_share::double then 'the table was full'
    when max(s.share) is null then 'no sample has both count and limit'
    else 'room was left in every sample'
  end as reading
from samples as s
inner join sources as i on i.source_id = s.source_id
group by i.path
order by fullest_share desc nulls last, source
