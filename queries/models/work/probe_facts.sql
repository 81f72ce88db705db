-- ---
-- title: What questions made by hand came to
-- description: One row; how many questions that a person asked with dig, nslookup, host or getent got no answer, an error or a late answer, and from whom.
-- from: [raw.probes]
-- materialized: table
-- ---
with asked as (
  select
    *,
    outcome in ('timeout', 'refused', 'unreachable') as is_lost,
    -- a lookup of getent may be several questions: its seconds are no server's
    outcome = 'answered' and seconds >= $late_upstream_seconds and tool <> 'getent' as is_late,
    outcome = 'answered' and rcode in ('SERVFAIL', 'REFUSED') as is_error,
    -- names of services and pods need no upstream
    coalesce(regexp_matches(qname, '(^|\.)(svc|pod)(\.|$)|\.arpa$'), true) as is_of_cluster
  from raw.probes
),
servers as (
  select
    server,
    count(*) filter (where is_lost) as lost,
    count(*) filter (where outcome = 'refused') as refused,
    count(*) filter (where outcome = 'answered') as answered
  from asked
  where server is not null
  group by server
)
select
  (select count(*) from asked) as probes,
  (select count(*) from asked where is_lost) as probes_lost,
  (select coalesce(min(server) filter (where is_lost), 'a server') from asked) as probes_lost_at,
  (select coalesce(sum(refused), 0)::BIGINT from servers) as probes_refused,
  (select coalesce(min(server) filter (where refused > 0), '') from servers) as probes_refused_by,
  -- one that answered nothing, where another answers
  (select count(*) from servers where lost > 0 and answered = 0 and exists (select 1 from servers as o where o.answered > 0)) as silent_servers,
  (select coalesce(min(server) filter (where lost > 0 and answered = 0), '') from servers) as silent_server,
  (select coalesce(sum(lost) filter (where lost > 0 and answered = 0), 0)::BIGINT from servers) as silent_lost,
  (select count(*) from asked where is_late and not is_of_cluster) as probes_late,
  (select coalesce(max(seconds) filter (where is_late and not is_of_cluster), 0) from asked) as probes_latest,
  (select coalesce(min(qname) filter (where is_late and not is_of_cluster), '') from asked) as probes_late_name,
  (select count(*) from asked where is_error and not is_of_cluster) as probes_failed,
  (select coalesce(min(format('{} of {} for {}', rcode, coalesce(server, 'a server'), qname)) filter (where is_error and not is_of_cluster), '') from asked) as probes_error,
  (select count(*) from asked where tool = 'getent' and seconds >= $timer_seconds) as waits_by_hand,
  (select coalesce(max(seconds) filter (where tool = 'getent'), 0) from asked) as longest_by_hand
