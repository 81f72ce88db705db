-- ---
-- title: Names below search suffixes that are none of the cluster's
-- description: One row per name that ends in a search suffix outside of the cluster's zones, with the longest such.
-- from: [work.name_ids, work.foreign_suffixes]
-- materialized: table
-- ---
select n.raw_id, arg_max(s.suffix, length(s.suffix)) as suffix
from work.name_ids as n
inner join work.foreign_suffixes as s on ends_with(n.name, '.' || s.suffix)
group by n.raw_id
