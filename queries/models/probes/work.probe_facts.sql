-- ---
-- title: What questions made by hand came to
-- description: One row; how many questions of tools (dig, nslookup, host, getent, resolvectl, systemd-resolved) and
--   programs got no answer, an error or a late answer, and from whom.
-- from: [raw.probes]
-- materialized: table
-- key: []
-- ---
with asked as (
  select
    *,
    coalesce(server, 'a server that is not named') as at_server,
    outcome in ('timeout', 'unreachable') as is_lost,
    -- a lookup of getent may be several questions: its seconds are no server's
    outcome = 'answered' and seconds >= $late_upstream_seconds and tool <> 'getent' as is_late,
    -- Go does not say which error it was
    outcome = 'answered' and (rcode in ('SERVFAIL', 'REFUSED') or rcode is null and tool = 'go') as is_error,
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
  (select count(*) from asked where is_lost) as probes_lost,
  (select work.some_of(list(distinct at_server order by at_server)) from asked where is_lost) as probes_lost_at,
  (select coalesce(sum(refused), 0)::BIGINT from servers) as probes_refused,
  (select work.some_of(list(server order by server)) from servers where refused > 0) as probes_refused_by,
  -- one that answered nothing, where another answers
  (
    select count(*)
    from servers
    where lost > 0 and answered = 0 and exists (select 1 from servers as o where o.answered > 0)
  ) as silent_servers,
  (select work.some_of(list(server order by server)) from servers where lost > 0 and answered = 0) as silent_server,
  (select coalesce(sum(lost), 0)::BIGINT from servers where answered = 0) as silent_lost,
  (select count(*) from asked where is_late and not is_of_cluster) as probes_late,
  (select coalesce(max(seconds) filter (where is_late and not is_of_cluster), 0) from asked) as probes_latest,
  (
    select coalesce(max_by(qname, (seconds, qname)) filter (where is_late and not is_of_cluster), '')
    from asked
  ) as probes_late_name,
  (select count(*) from asked where is_error and not is_of_cluster) as probes_failed,
  (
    select
      coalesce(
        min(format('{} of {} for {}', coalesce(rcode, 'an error'), at_server, qname)) filter (
          where is_error and not is_of_cluster
        ),
        ''
      )
    from asked
  ) as probes_error,
  (select count(*) from asked where tool = 'getent' and seconds >= $timer_seconds) as waits_by_hand,
  (select coalesce(max(seconds) filter (where tool = 'getent'), 0) from asked) as longest_by_hand
