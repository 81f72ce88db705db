-- ---
-- title: Whether suffixes answer for whatever name
-- description: >
--   One row per search suffix outside of the cluster's zones that walks for names of two labels or more came to; how
--   many of these names it answered and denied, how many last labels they have, and whether it answered all with the
--   same addresses.
-- from: [work.wildcard_steps, work.cluster_zones]
-- materialized: table
-- key: [suffix]
-- ---
select
  s.suffix,
  count(distinct s.base) filter (where s.answered) as answered,
  count(distinct s.base) filter (where not s.answered) as denied,
  count(distinct s.lookup_id) filter (where s.answered) as lookups,
  count(distinct regexp_extract(s.base, '[^.]+$')) filter (where s.answered) as ends,
  count(distinct s.base) filter (
    where s.answered and exists (select 1 from work.cluster_zones as z where ends_with(s.base, '.' || z.zone))
  ) as of_cluster,
  count(s.addresses) > 0 and count(distinct s.addresses) = 1 as one_address,
  array_to_string((list(distinct s.base order by s.base) filter (where s.answered))[:3], ', ') as examples
from work.wildcard_steps as s
group by s.suffix
