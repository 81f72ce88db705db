-- ---
-- title: Search-suffix storms
-- description: >
--   One row, a sentence: whether clients flooded their servers with names that only their search list made, how much, and who most.
--   A storm is a row of search/storms.
-- kind: headline
-- params:
--   window_seconds: {type: integer, default: 10, description: length of a window; seconds}
--   min_wasted: {type: integer, default: 100, description: wasted queries of one client in one window that make a storm}
-- columns:
--   severity: info or medium
--   sentence: the answer
--   look: the query to look at next
-- ---
with placed as (
  select
    client, queries, wasted_queries,
    window_start(started_at, $window_seconds::bigint) as from_time
  from lookups
  where ($since::timestamp_ns is null or started_at >= $since::timestamp_ns)
    and ($until::timestamp_ns is null or started_at < $until::timestamp_ns)
    and ($client::varchar is null or client = $client::varchar)
),
windowed as (
  select
    from_time, client,
    count(*) as lookups,
    sum(queries) as queries,
    sum(wasted_queries) as wasted
  from placed
  group by from_time, client
),
totals as (
  select
    coalesce(sum(lookups), 0) as lookups,
    coalesce(sum(queries), 0) as queries,
    coalesce(sum(wasted), 0) as wasted,
    count(*) filter (where wasted >= $min_wasted::bigint) as storms,
    count(distinct case when wasted >= $min_wasted::bigint then client end) as clients
  from windowed
),
worst as (
  select
    w.from_time, w.queries, w.wasted,
    coalesce(c.client_name || ' (' || w.client || ')', w.client) as client
  from windowed as w
  left join clients as c on c.client = w.client
  where w.wasted >= $min_wasted::bigint
  order by w.wasted desc, w.from_time, w.client
  limit 1
),
logged as (
  select count(*) as log_lines
  from log_queries
)
select
  case when t.storms > 0 then 'medium' else 'info' end as severity,
  case
    when t.storms > 0 then
      counted(t.clients, 'client', 'clients')
      || ' had search-suffix storms, ' || cast(t.storms as varchar) || ' in all; a storm is '
      || cast($min_wasted::bigint as varchar) || ' or more wasted queries of one client within '
      || cast($window_seconds::bigint as varchar) || ' s. The worst was ' || w.client || ' from '
      || substring(cast(w.from_time as varchar), 1, 19) || ' UTC: ' || cast(w.wasted as varchar) || ' of its '
      || cast(w.queries as varchar) || ' queries asked for names that only its search list made. In all, '
      || cast(t.wasted as varchar) || ' of ' || cast(t.queries as varchar) || ' queries ('
      || cast(cast(1e2 * t.wasted / t.queries as decimal(4, 1)) as varchar) || ' %) of '
      || counted(t.lookups, 'lookup', 'lookups') || ' were wasted so.'
    when t.wasted > 0 then
      'No search-suffix storm: no client wasted ' || cast($min_wasted::bigint as varchar) || ' queries within '
      || cast($window_seconds::bigint as varchar) || ' s. In all, '
      || cast(t.wasted as varchar) || ' of ' || cast(t.queries as varchar) || ' queries ('
      || cast(cast(1e2 * t.wasted / t.queries as decimal(4, 1)) as varchar) || ' %) of '
      || counted(t.lookups, 'lookup', 'lookups') || ' asked for names that only a search list made.'
    when t.lookups > 0 then
      'No search-suffix storm: none of the ' || cast(t.queries as varchar) || ' queries of '
      || counted(t.lookups, 'lookup', 'lookups') || ' was wasted on a search list.'
    when $since::timestamp_ns is not null or $until::timestamp_ns is not null or $client::varchar is not null then
      'Search-suffix storms cannot be told: no lookup was seen of the time and client that were asked for.'
    when l.log_lines > 0 then
      'Search-suffix storms cannot be told from this evidence: it has ' || counted(l.log_lines, 'query line', 'query lines')
      || ' of server logs, but no capture that shows programs'' lookups.'
      || ' Capture on a node: tcpdump -i any -w capture.pcap ''port 53 or icmp or icmp6'''
    else
      'Search-suffix storms cannot be told: this evidence shows no lookup of a program.'
      || ' Capture on a node: tcpdump -i any -w capture.pcap ''port 53 or icmp or icmp6'''
  end as sentence,
  case when t.storms > 0 then 'search/storms' when t.wasted > 0 then 'search/names' end as look
from totals as t
cross join logged as l
left join worst as w on true
