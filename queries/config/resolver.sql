-- ---
-- title: Resolver configurations that stand in the way
-- description: >
--   One row per resolv.conf or dnsConfig and finding: a high ndots with names that walked the search list, a search
--   list over a limit, options over a cap or without effect in the resolver that its clients show. ndots counts as a
--   finding only where the captures show the walks it costs.
-- kind: check
-- severity: medium
-- requires: [resolver_configs]
-- params:
--   least_wasted: {type: integer, default: 10, description: wasted queries from which on ndots is a finding}
-- columns:
--   source: path of the input
--   owner: pod or node that it belongs to, if known
--   finding: what stands in the way
--   detail: the numbers
--   change: what to change
-- ---
with configs as (
  select
    r.source_id,
    r.line,
    r.owner,
    r.namespace,
    coalesce(r.ndots, 1) as ndots,
    r.timeout_seconds,
    r.attempts,
    r.search,
    r.options,
    r.nameservers,
    json_array_length(r.search) as domains,
    -- of the list with a blank between its domains: the array has two brackets, and quotes and a comma for each blank
    length(r.search) - 2 * json_array_length(r.search) - 2 as search_characters,
    json_array_length(r.nameservers) as servers,
    s.path as source
  from resolver_configs as r
  inner join sources as s on s.source_id = r.source_id
),
-- a configuration belongs to the pods that its owner's name begins, or to all where it has no owner
users as (
  select distinct c.source_id, c.line, k.client, k.resolver
  from configs as c
  inner join narrowed.clients as k
    on not k.is_forwarder
    and (c.owner is null or k.pod = c.owner or starts_with(k.pod, c.owner || '-'))
    and (c.namespace is null or k.namespace is null or c.namespace = k.namespace)
),
walks as (
  select u.source_id, u.line, count(*) as lookups, sum(l.queries) as queries, sum(l.wasted_queries) as wasted
  from users as u
  inner join narrowed.lookups as l on l.client = u.client
  where l.steps > 1
    and l.name like '%.%'
  group by u.source_id, u.line
),
musl as (
  select source_id, line, count(*) as clients
  from users
  where resolver = 'musl'
  group by source_id, line
),
findings as (
  select
    c.source, c.owner, c.line,
    'ndots:' || cast(c.ndots as varchar) || ' makes names with dots walk the search list' as finding,
    grouped(w.wasted)
    || ' of '
    || grouped(w.queries)
    || ' queries of '
    || grouped(w.lookups)
    || ' lookups brought nothing' as detail,
    'external names with a dot at their end, or a lower ndots in dnsConfig for pods that ask them; '
    || 'dnslens what-if --ndots N says what it would break'
      as change
  from configs as c
  inner join walks as w on w.source_id = c.source_id and w.line = c.line
  where c.ndots >= 2 and w.wasted >= $least_wasted::bigint
  union all
  select
    source, owner, line,
    'more than 32 search domains',
    cast(domains as varchar) || ' domains; Kubernetes takes 32',
    'leave out what is not used'
  from configs
  where domains > 32
  union all
  select
    source, owner, line,
    'more than 6 search domains',
    cast(domains as varchar) || ' domains; glibc before 2.26 drops those after the sixth without a word',
    'leave out what is not used'
  from configs
  where domains between 7 and 32
  union all
  select
    source, owner, line,
    'search list longer than 255 characters',
    cast(search_characters as varchar) || ' characters; musl drops the list and glibc before 2.26 cuts it at 256',
    'shorten it'
  from configs
  where search_characters > 255
  union all
  select
    source, owner, line,
    'more than 3 nameservers',
    cast(servers as varchar) || ' nameservers; resolvers use the first three',
    'name at most three'
  from configs
  where servers > 3
  union all
  select
    source, owner, line,
    'ndots over its cap',
    'ndots:' || cast(ndots as varchar) || '; glibc and musl take 15 at most',
    'a value from 1 to 15; dnslens what-if --ndots N says what it would break'
  from configs
  where ndots > 15
  union all
  select
    source, owner, line,
    'timeout over its cap',
    'timeout:' || cast(timeout_seconds as varchar) || '; glibc takes 30 s at most, and a lost packet costs that long',
    'timeout:1 or 2'
  from configs
  where timeout_seconds > 30
  union all
  select
    source, owner, line,
    'attempts over its cap',
    'attempts:' || cast(attempts as varchar) || '; glibc takes 5 at most',
    'attempts:3'
  from configs
  where attempts > 5
  union all
  select
    c.source, c.owner, c.line,
    case
      when c.options like '%"single-request-reopen"%' then 'single-request-reopen has no effect in musl'
      else 'single-request has no effect in musl'
    end,
    grouped(m.clients) || ' of its clients use musl, which always sends both halves at once from one socket',
    'NodeLocal DNSCache, or a glibc image'
  from configs as c
  inner join musl as m on m.source_id = c.source_id and m.line = c.line
  where c.options like '%"single-request"%' or c.options like '%"single-request-reopen"%'
  union all
  select
    c.source, c.owner, c.line,
    'use-vc has no effect in musl',
    grouped(m.clients) || ' of its clients use musl, which asks over TCP only after a truncated answer',
    'NodeLocal DNSCache, or a glibc image'
  from configs as c
  inner join musl as m on m.source_id = c.source_id and m.line = c.line
  where c.options like '%"use-vc"%'
)
select source, owner, finding, detail, change
from findings
order by source, line, finding
