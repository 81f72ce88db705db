-- ---
-- title: Names below search suffixes that are none of the cluster's
-- description: One row per name that ends in a search suffix outside of the cluster's zones, with the longest such.
-- from: [work.name_ids, work.foreign_suffixes]
-- materialized: table
-- key: [raw_id]
-- ---
-- the names' ends of the suffixes' lengths: each name beside each suffix would have no bound
with ends as materialized (
  select n.raw_id, right(n.name, s.size) as ending
  from work.name_ids as n
  inner join (select distinct length(suffix) + 1 as size from work.foreign_suffixes) as s on s.size <= length(n.name)
)
select e.raw_id, arg_max(s.suffix, length(s.suffix)) as suffix
from ends as e
inner join work.foreign_suffixes as s on '.' || s.suffix = e.ending
group by e.raw_id
