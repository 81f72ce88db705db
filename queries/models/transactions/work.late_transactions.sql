-- ---
-- title: Transactions of programs that took long, with what their server did meanwhile
-- description: >
--   One row per program's transaction that was answered late enough to count to what a lookup waited for, with an
--   error, or not at all, with the queries that forwarders sent upstream for the same name and type meanwhile, and the
--   time that the server's log says it took.
-- from: [work.judged_transactions, work.upstream_queries, work.stalled_queries, work.upstream_rates,
--   work.log_line_matches, raw.log_queries]
-- materialized: table
-- key: [transaction_id]
-- ---
-- an answer may be older than the query that it is taken for, as where a capture lost that one's own
with late as (
  select
    transaction_id,
    key,
    client_id,
    server_id,
    backend_id,
    qname_id,
    qtype,
    asked_ns,
    state,
    rcode,
    query_reached_server,
    response_left_server,
    in_log,
    source_id, frame, answer_frame,
    case when state = 'answered' and timed then (answered_ns - asked_ns) / 1e9 end as seconds,
    case when state = 'answered' then answered_ns else asked_ns + work.ns($wait_seconds) end as until_ns,
    -- CoreDNS gives an upstream up to 6 s and keeps a SERVFAIL for 5 s: a quick one speaks of an earlier query
    work.ns(
      case
        when rcode = 2 and answered_ns - asked_ns < work.ns($quick_error_seconds) then $error_memory_seconds else
          $order_slack_seconds
      end
    ) as before_ns
  from work.judged_transactions
  where not from_forwarder
    and (state <> 'answered' or answered_ns - asked_ns >= work.ns($late_seconds) or work.is_error(rcode))
),
-- late ones and the queries to upstreams in one row of times: a join of each with each of one name would have no bound
moments as (
  select
    qname_id,
    qtype,
    asked_ns as ns,
    before_ns,
    greatest(until_ns - asked_ns, 0) as after_ns,
    transaction_id,
    null as upstream_id,
    null as lost,
    null as reply_lost,
    null as stalled,
    null as failed,
    null as seconds,
    null as rate
  from late
  union all
  select
    u.qname_id,
    u.qtype,
    u.asked_ns,
    0,
    0,
    null,
    u.upstream_id,
    u.missed,
    u.reply_lost,
    s.transaction_id is not null,
    u.state = 'answered' and work.is_error(u.rcode),
    u.seconds,
    case when r.lost then r.rate end
  from work.upstream_queries as u
  inner join work.upstream_rates as r on r.transaction_id = u.transaction_id
  left join work.stalled_queries as s on s.transaction_id = u.transaction_id
  where (u.qname_id, u.qtype) in (select (l.qname_id, l.qtype) from late as l)
),
meanwhile as (
  select
    transaction_id,
    count(upstream_id) over waited as upstream_queries,
    count(*) filter (where lost) over waited as upstream_lost,
    count(*) filter (where reply_lost) over waited as upstream_replies_lost,
    count(*) filter (where stalled) over waited as upstream_stalled,
    count(*) filter (where failed) over waited as upstream_errors,
    max(seconds) over waited as upstream_seconds,
    max(rate) over waited as upstream_rate,
    min(upstream_id) over waited as upstream_id
  from moments
  window waited as (partition by qname_id, qtype order by ns range between before_ns preceding and after_ns following)
  qualify transaction_id is not null
),
logged as (
  select
    m.transaction_id,
    max(q.duration_seconds) as log_seconds,
    max(q.rcode) as log_rcode,
    bool_or(q.rcode is null) as no_reply
  from work.log_line_matches as m
  inner join raw.log_queries as q on q.source_id = m.source_id and q.line = m.line
  group by m.transaction_id
),
-- of a query that was sent again before its answer came, which answer is whose cannot be told: how many lines and how
-- many answers can
sent_again as (
  select t.key, count(g.transaction_id) as lines, count(*) filter (where t.state = 'answered') as answers
  from work.judged_transactions as t
  left join logged as g on g.transaction_id = t.transaction_id
  where t.key in (select key from late where state = 'unanswered' and in_log)
  group by t.key
)
select
  l.* exclude (key),
  coalesce(m.upstream_queries, 0) as upstream_queries,
  coalesce(m.upstream_lost, 0) as upstream_lost,
  coalesce(m.upstream_replies_lost, 0) as upstream_replies_lost,
  coalesce(m.upstream_stalled, 0) as upstream_stalled,
  coalesce(m.upstream_errors, 0) as upstream_errors,
  m.upstream_seconds,
  m.upstream_rate,
  m.upstream_id,
  g.log_seconds,
  g.log_rcode,
  coalesce(g.no_reply, false) as no_reply,
  -- a line says that it was answered only where it names an answer that the server had
  coalesce(
    l.state = 'unanswered'
    and l.in_log
    and not g.no_reply
    and coalesce(m.upstream_lost, 0) = 0
    and not coalesce(work.is_servfail(g.log_rcode), false)
    and a.lines > a.answers,
    false
  ) as answer_lost
from late as l
left join meanwhile as m on m.transaction_id = l.transaction_id
left join logged as g on g.transaction_id = l.transaction_id
left join sent_again as a on a.key = l.key
