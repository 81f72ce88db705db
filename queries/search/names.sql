-- ---
-- title: Amplification by name
-- description: >
--   One row per name that programs looked up: how many queries the search list made of it; the most wasteful first.
--   A name that its first suffix completes is listed by the completed name. Forwarders' own queries are left out.
-- kind: table
-- requires: [lookups]
-- params:
--   top: {type: integer, default: 50, description: how many names}
-- narrow: [name, lookups, queries, wasted_share, queries_per_lookup, failed]
-- columns:
--   name: the name as the programs asked for it
--   dots: dots in it; a name with fewer than ndots goes through the search list first
--   clients: clients that looked it up
--   lookups: lookups of it
--   walks: those that walked the search list
--   longest_walk: most names tried in one lookup
--   queries: queries that they sent
--   wasted_queries: those of names before the last of each walk
--   wasted_share: wasted queries among the queries
--   queries_per_lookup: mean queries of one lookup
--   answered: lookups that got an address or other record
--   negative: lookups that ended with no such name or no such record
--   failed: lookups that failed
-- chart: {mark: bar, x: name, y: wasted_queries, label: [wasted_queries, wasted_share]}
-- ---
select
  name,
  length(name) - length(replace(name, '.', '')) as dots,
  count(distinct client) as clients,
  count(*) as lookups,
  count(*) filter (where steps > 1) as walks,
  max(steps) as longest_walk,
  sum(queries) as queries,
  sum(wasted_queries) as wasted_queries,
  cast(sum(wasted_queries) as double) / nullif(sum(queries), 0) as wasted_share,
  cast(sum(queries) as double) / count(*) as queries_per_lookup,
  count(*) filter (where outcome = 'answered') as answered,
  count(*) filter (where outcome = 'negative') as negative,
  count(*) filter (where outcome = 'failed') as failed
from narrowed.lookups
group by name
order by wasted_queries desc, queries desc, name
limit $top::bigint
