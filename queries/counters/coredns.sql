-- ---
-- title: What CoreDNS counted
-- description: >
--   One row per input and server whose metrics were read; queries, answers by rcode, cache and durations, between its
--   first and last reading where they can be compared, else since it began.
-- kind: table
-- requires: [counter_series]
-- narrow: [source, instance, queries, nxdomain_share, servfail_share, mean_seconds]
-- columns:
--   source: path of the input
--   instance: pod or address of the server, where it is said
--   watched: yes where it is what came between readings, no where it is what came since the server began
--   seconds: between the first and the last reading; seconds
--   queries: queries of clients
--   answers: answers, by any rcode
--   nxdomain_share: share of the answers that are NXDOMAIN
--   servfail_share: share of the answers that are SERVFAIL
--   refused_share: share of the answers that are REFUSED
--   cache_hit_share: share of the cache's questions that it answered
--   mean_seconds: mean time inside the server; seconds
--   refused_by_limit: queries that it refused because max_concurrent was reached
--   panics: panics
-- ---
with series as (
  select
    source_id,
    instance,
    counter,
    regexp_extract(labels, '"rcode":"([A-Z]+)"', 1) as rcode,
    first_at,
    last_at,
    increase,
    -- what came between readings is not mixed with what came since the start
    case
      when max(case when increase is not null then 1 else 0 end) over (partition by source_id, instance) = 1
        then coalesce(increase, 0)
      else last_value
    end as value
  from narrowed.counter_series
  where origin = 'coredns' and meaning = 'total'
),
summed as (
  select
    source_id,
    instance,
    count(increase) as watched,
    min(first_at) as first_at,
    max(last_at) as last_at,
    sum(case when counter = 'coredns_dns_requests_total' then value end) as queries,
    sum(case when counter = 'coredns_dns_responses_total' then value end) as answers,
    sum(case when counter = 'coredns_dns_responses_total' and rcode = 'NXDOMAIN' then value else 0 end) as nxdomain,
    sum(case when counter = 'coredns_dns_responses_total' and rcode = 'SERVFAIL' then value else 0 end) as servfail,
    sum(case when counter = 'coredns_dns_responses_total' and rcode = 'REFUSED' then value else 0 end) as refused,
    sum(case when counter = 'coredns_cache_hits_total' then value end) as hits,
    sum(case when counter = 'coredns_cache_misses_total' then value end) as misses,
    sum(case when counter = 'coredns_cache_requests_total' then value end) as asked,
    sum(case when counter = 'coredns_dns_request_duration_seconds_sum' then value end) as spent,
    sum(case when counter = 'coredns_dns_request_duration_seconds_count' then value end) as timed,
    sum(case when counter = 'coredns_forward_max_concurrent_rejects_total' then value end) as refused_by_limit,
    sum(case when counter = 'coredns_panics_total' then value end) as panics
  from series
  group by source_id, instance
)
select
  i.path as source,
  s.instance,
  case when s.watched > 0 then 'yes' else 'no' end as watched,
  case when s.watched > 0 then date_diff('millisecond', s.first_at, s.last_at) / 1e3 end as seconds,
  coalesce(s.queries, s.timed) as queries,
  s.answers,
  s.nxdomain / nullif(s.answers, 0) as nxdomain_share,
  s.servfail / nullif(s.answers, 0) as servfail_share,
  s.refused / nullif(s.answers, 0) as refused_share,
  s.hits / nullif(coalesce(s.asked, s.hits + s.misses), 0) as cache_hit_share,
  s.spent / nullif(s.timed, 0) as mean_seconds,
  s.refused_by_limit,
  s.panics
from summed as s
inner join sources as i on i.source_id = s.source_id
order by source, s.instance nulls first
