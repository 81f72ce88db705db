-- ---
-- title: Names of the cluster
-- description: One row per name that is a zone of the cluster, or below one, and whether it is below.
-- from: [work.name_ids, work.cluster_zones]
-- materialized: table
-- key: [raw_id]
-- ---
-- the names' ends of the zones' lengths: each name beside each zone would have no bound
with ends as materialized (
  select n.raw_id, n.name, right(n.name, s.size) as ending
  from work.name_ids as n
  inner join (select distinct length(zone) as size from work.cluster_zones) as s on s.size <= length(n.name)
)
select e.raw_id, bool_or(e.name <> z.zone) as below
from ends as e
inner join work.cluster_zones as z on z.zone = e.ending
where e.name = z.zone or ends_with(e.name, '.' || z.zone)
group by e.raw_id
