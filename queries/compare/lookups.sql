-- ---
-- title: The lookups of one side of a comparison, summed
-- description: >
--   One row per stretch of time, workload, name, cause and class of duration: lookups, and what they sent and got.
--   Names beyond those asked most are summed as null. Of a query that was asked of no NodeLocal DNSCache nothing was
--   answered on the node; of the others, those for which no query left the node meanwhile.
-- kind: detail
-- requires: [lookups]
-- params:
--   block_seconds: {type: number, default: 10, description: length of a stretch; seconds}
--   names: {type: integer, default: 200, description: names that get rows of their own}
-- narrow: [block, workload, name, lookups, seconds, cause]
-- columns:
--   block: number of the stretch, from that of the first lookup
--   workload: namespace and workload of the client; its address where nothing is known of it
--   known: whether the workload or node of the client is known
--   name: the name as programs asked for it; null for those beyond the names asked most
--   cause: what slow and failed lookups are blamed on; null for the others
--   class: class of duration, twenty for each power of ten seconds; null where the end or the time is not known
--   lookups: lookups
--   judged: lookups whose end this evidence shows
--   seconds: what those of a class took together; seconds
--   hurt_seconds: what the slow and failed took together; seconds
--   queries: queries that they sent
--   wasted_queries: of these, for names that only the search list made
--   answered: queries that were answered
--   unanswered: queries that were not
--   nxdomain: answers that were NXDOMAIN
--   on_node: answers of a NodeLocal DNSCache for which nothing left the node
-- ---
with chosen as (
  select lookup_id, client, name, started_at, seconds, queries, wasted_queries, outcome, cause
  from narrowed.lookups
),
ranked as (
  select name, row_number() over (order by count(*) desc, name) as place
  from chosen
  group by name
),
began as (
  select min(started_at) as first_at from chosen where seconds is not null
),
-- what leaves the node of a cache: queries of servers that are not CoreDNS's pods
forwarded as (
  select f.qname, f.qtype, f.asked_at
  from transactions as f
  left join servers as s on s.server = f.client
  where f.from_forwarder and coalesce(s.role, 'nodelocal') = 'nodelocal'
),
of_cache as (
  select t.transaction_id, t.qname, t.qtype, t.asked_at, t.answered_at
  from transactions as t
  inner join servers as s on s.server = t.server and s.role = 'nodelocal'
  where t.state = 'answered' and not t.from_forwarder
),
went_on as (
  select distinct a.transaction_id
  from of_cache as a
  inner join forwarded as f
    on f.qname = a.qname and f.qtype = a.qtype and f.asked_at >= a.asked_at and f.asked_at <= a.answered_at
),
sent as (
  select
    q.lookup_id,
    count_if(t.state = 'answered') as answered,
    count_if(t.state = 'unanswered') as unanswered,
    count_if(t.rcode = 'NXDOMAIN') as nxdomain,
    count_if(c.transaction_id is not null and w.transaction_id is null) as on_node
  from transactions as t
  inner join questions as q on q.question_id = t.question_id
  left join of_cache as c on c.transaction_id = t.transaction_id
  left join went_on as w on w.transaction_id = t.transaction_id
  where q.lookup_id is not null
  group by q.lookup_id
),
placed as (
  select
    case
      when chosen.seconds is null then 0 else
        cast(
          floor(
            date_diff('microsecond', began.first_at, chosen.started_at) / 1e6 / greatest($block_seconds::double, 1e-6)
          ) as bigint
        )
    end as block,
    coalesce(clients.workload_name, chosen.client) as workload,
    clients.workload is not null or clients.node is not null as known,
    case when ranked.place <= $names::bigint then chosen.name end as name,
    chosen.cause,
    case
      when chosen.outcome <> 'unknown' or chosen.cause is not null
        then cast(floor(20e0 * ln(greatest(chosen.seconds, 1e-6)) / ln(10e0)) as bigint)
    end as class,
    case when chosen.outcome <> 'unknown' or chosen.cause is not null then 1 else 0 end as judged,
    chosen.seconds,
    chosen.queries,
    chosen.wasted_queries,
    coalesce(sent.answered, 0) as answered,
    coalesce(sent.unanswered, 0) as unanswered,
    coalesce(sent.nxdomain, 0) as nxdomain,
    coalesce(sent.on_node, 0) as on_node
  from chosen
  inner join ranked on ranked.name = chosen.name
  cross join began
  left join clients on clients.client = chosen.client
  left join sent on sent.lookup_id = chosen.lookup_id
)
select
  block,
  workload,
  known,
  name,
  cause,
  class,
  count(*) as lookups,
  sum(judged) as judged,
  case when class is null then 0 else sum(coalesce(seconds, 0)) end as seconds,
  case when cause is null then 0 else sum(coalesce(seconds, 0)) end as hurt_seconds,
  sum(queries) as queries,
  sum(wasted_queries) as wasted_queries,
  sum(answered) as answered,
  sum(unanswered) as unanswered,
  sum(nxdomain) as nxdomain,
  sum(on_node) as on_node
from placed
group by block, workload, known, name, cause, class
order by block, workload, name, cause, class
