-- ---
-- title: How many lookups were hurt, and what was looked at
-- description: >
--   One row; how many lookups were slow (1 s or longer) or failed, how many of these a known cause explains, and which
--   evidence there is.
-- kind: table
-- narrow: [lookups, slow_or_failed, explained, clients, first_time]
-- columns:
--   lookups: names that programs asked for
--   slow_or_failed: lookups that took 1 s or longer or failed
--   explained: slow or failed lookups that a known cause explains
--   unseen: lookups whose end this evidence does not show
--   untimed: lookups whose duration is not known, as their capture tells no times
--   cut_queries: queries that are in no lookup, as every capture cut their names off
--   clients: clients that looked names up
--   first_time: first lookup, else the first time in the evidence, UTC
--   last_time: last lookup, else the last time in the evidence, UTC
--   worst_unexplained_id: the longest slow or failed lookup without a known cause
--   captures: captures read
--   messages: DNS messages in them, each time one was seen
--   logs: logs of DNS servers read
--   log_lines: lines in them that were read
--   counter_samples: samples of conntrack counters
--   counter_readings: readings of other counters, of nodes and of CoreDNS
--   probes: questions as tools and programs tell of them
--   configurations: resolver configurations and Corefiles read
--   external_dns_logs: logs of external-dns read, which say nothing of servers that answer
--   objects: objects of the cluster read
--   other_files: inputs read of further kinds, such as conntrack's flows, the kernel's log and other programs' records
--   other_kinds: those kinds
-- ---
with asked as (
  select
    count(*) as lookups,
    count(cause) as slow_or_failed,
    count(*) filter (where cause <> 'unexplained') as explained,
    count(*) filter (where outcome = 'unknown') as unseen,
    count(*) filter (where seconds is null) as untimed,
    count(distinct client) as clients,
    -- times of an unknown day lie in 1970; they say nothing beside others
    coalesce(min(started_at) filter (where started_at >= timestamp '1971-01-01 00:00:00'), min(started_at))
      as first_time,
    max(started_at) as last_time,
    max_by(lookup_id, row(coalesce(seconds, 0), -lookup_id)) filter (where cause = 'unexplained')
      as worst_unexplained_id
  from narrowed.lookups
),
files as (
  select
    min(first_time) as first_time,
    max(last_time) as last_time,
    count(*) filter (where is_capture) as captures,
    (
      select coalesce(sum(a.number), 0)
      from activity as a
      inner join sources as c on c.source_id = a.source_id
      where c.is_capture
    ) as messages,
    (select count(*) from counters) as counter_readings,
    (select count(*) from probes) as probes,
    count(*) filter (where kind = 'coredns-log') as logs,
    coalesce(sum(rows) filter (where kind = 'coredns-log'), 0) as log_lines,
    (
      select count(*)
      from (select distinct source_id from resolver_configs union select distinct source_id from corefiles) as c
    ) as configurations,
    count(*) filter (where kind = 'external-dns-log') as external_dns_logs,
    (select count(*) from (select distinct kind, namespace, name from cluster_objects) as o) as objects
  from sources
),
-- what nothing else here counts
further as (
  select s.source_id, s.kind
  from sources as s
  where s.rows > 0
    and not s.is_capture
    -- what collect says of itself is no evidence
    and s.kind not in ('coredns-log', 'external-dns-log', 'collection')
    and not exists (select 1 from counters as c where c.source_id = s.source_id)
    and not exists (select 1 from conntrack_counters as c where c.source_id = s.source_id)
    and not exists (select 1 from probes as p where p.source_id = s.source_id)
    and not exists (select 1 from resolver_configs as r where r.source_id = s.source_id)
    and not exists (select 1 from corefiles as c where c.source_id = s.source_id)
    and not exists (select 1 from cluster_objects as o where o.source_id = s.source_id)
),
others as (
  select
    count(*) as other_files,
    array_agg(distinct replace(kind, '-', ' ') order by replace(kind, '-', ' ')) as other_kinds
  from further
),
conntrack_samples as (
  select
    count(distinct cast(source_id as varchar) || '/' || coalesce(cast(time as varchar), cast(sample as varchar)))
      as counter_samples
  from conntrack_counters
)
select
  a.lookups,
  a.slow_or_failed,
  a.explained,
  a.unseen,
  a.untimed,
  (select count(*) from cut_queries) as cut_queries,
  a.clients,
  coalesce(a.first_time, f.first_time) as first_time,
  coalesce(a.last_time, f.last_time) as last_time,
  a.worst_unexplained_id,
  f.captures,
  f.messages,
  f.logs,
  f.log_lines,
  c.counter_samples,
  f.counter_readings,
  f.probes,
  f.configurations,
  f.external_dns_logs,
  f.objects,
  o.other_files,
  o.other_kinds
from asked as a
cross join files as f
cross join conntrack_samples as c
cross join others as o
