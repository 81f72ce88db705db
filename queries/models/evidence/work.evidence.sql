-- ---
-- title: What the evidence can show at all
-- description: One row; which kinds of evidence there are, and what the captures and logs among them can see.
-- from: [work.wire_transactions, work.forwarded_answers, work.forwarders, work.wire_lookups, work.captures,
--   work.capture_holes, work.cut_queries, work.upstream_queries, work.visibility, work.log_coverage,
--   work.joint_log_coverage, raw.log_queries, raw.log_events, sources, conntrack_deltas, conntrack_totals,
--   conntrack_table]
-- materialized: table
-- key: []
-- ---
with wire as (
  select
    count(*) as queries,
    count(distinct client_id) as clients,
    -- what is no capture has its answers, and of the rest nothing is known
    count(*) filter (where state <> 'unknown' and source_id in (select c.source_id from work.captures as c)) as judged,
    count(*) filter (where state <> 'unknown' and timed) as timed,
    count(*) filter (where state = 'answered' and answer_first_src_id <> server_id) as behind_service
  from work.wire_transactions
  where client_id not in (select f.address_id from work.forwarders as f)
),
-- of too few queries with a name nothing follows for the others
cut as (
  select
    q.cut_queries, q.cut_queries > 0 and q.cut_queries >= $cut_names_share * (q.cut_queries + w.queries) as too_many
  from wire as w
  cross join (select count(*) as cut_queries from work.cut_queries) as q
)
select
  w.queries,
  w.clients,
  if(c.too_many, 0, w.judged) as judged,
  -- of these and of the upstreams' the ones whose times are known: without, nothing was quick or late
  if(c.too_many, 0, w.timed) as timed,
  if(c.too_many, 0, (select count(*) from work.wire_lookups)) as lookups,
  -- whether a query's way past the client's leg can be seen, on the wire or in logs
  (select count(*) from work.visibility where answered > 0 and query_seen_further >= $seen_share * answered)
  + (select count(*) from work.log_coverage where is_complete)
  + (select count(*) from work.joint_log_coverage where is_complete) as reach_known,
  if(c.too_many, 0, w.behind_service) as behind_service,
  if(c.too_many, 0, (select count(*) from work.upstream_queries where state <> 'unknown')) as upstream_queries,
  if(c.too_many, 0, (select count(*) from work.upstream_queries where seconds is not null)) as upstream_timed,
  -- what speaks for upstreams: quick answers for names that need them
  (select on_wire from work.forwarded_answers) as forwarded_seen,
  (select in_logs from work.forwarded_answers) as forwarded_logged,
  -- without a duration a line says of no answer that it was quick or late
  (select count(*) from raw.log_queries where duration_seconds is not null) as log_lines,
  (
    select count(*)
    from raw.log_events
    where event not like 'kernel-%' and event not in ('killed-for-memory', 'server-restarted', 'kubernetes-event')
  ) as log_events,
  (select count(*) from conntrack_deltas) > 0 as has_counters,
  -- what one sample says that has no other to compare it with: since boot
  (
    select sum(total)::BIGINT
    from conntrack_totals
    where samples = 1 and counter = 'insert_failed'
  ) as boot_insert_failed,
  (
    select sum(total)::BIGINT
    from conntrack_totals
    where samples = 1 and counter in ('drop', 'early_drop')
  ) as boot_dropped,
  (select coalesce(sum(increase), 0) from conntrack_deltas where counter = 'insert_failed') as insert_failed,
  (select coalesce(sum(increase), 0) from conntrack_deltas where counter = 'drop') as dropped,
  (select coalesce(sum(increase), 0) from conntrack_deltas where counter = 'early_drop') as early_dropped,
  (select coalesce(sum(increase), 0) from conntrack_deltas where counter = 'clash_resolve') as clash_resolved,
  (select max(entries / max_entries) from conntrack_table where max_entries > 0) as table_fill,
  (select coalesce(sum(full_messages), 0) from conntrack_table) as full_messages,
  (select count(distinct coalesce(capture_id, -source_id)) from sources where is_capture) as captures,
  (select count(*) from work.capture_holes) > 0 as misses_frames,
  c.cut_queries
from wire as w cross join cut as c
