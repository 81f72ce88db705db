-- ---
-- title: Names that lookups would try after a change
-- description: >
--   One row per lookup and name that it tried or would try, with its queries and seconds before and after. A name that
--   nobody asked in this evidence is taken not to exist; a lookup that its first suffix answered is taken to have asked
--   for the short name.
-- kind: detail
-- requires: [lookups]
-- params:
--   ndots: {type: integer, default: null, description: "this ndots for every client; null leaves it as it is"}
--   fqdn: {type: text, default: null,
--     description: "names that programs would ask with a dot at the end, with commas between"}
--   without: {type: text, default: null, description: "suffixes that no search list would have, with commas between"}
--   autopath: {type: boolean, default: false, description: whether CoreDNS would walk the search list itself}
--   single_request: {type: boolean, default: false,
--     description: whether glibc would ask A and AAAA one after the other}
--   no_race: {type: boolean, default: false, description: whether queries would bypass conntrack}
-- narrow: [lookup_id, client, name, qname, queries, after_queries, seconds]
-- columns:
--   lookup_id: the lookup; see dnslens explain
--   client: address of the client
--   client_name: its namespace and pod, or node; null when not known
--   node: node that it runs on; null when not known
--   resolver: which resolver the client seems to be
--   name: the name as the program asked for it
--   started_at: when it asked
--   qname: the name tried
--   place: its place among the names that would be tried; null for one that would not be
--   queries: queries sent for it
--   seconds: time until the next name was tried or the lookup ended; seconds
--   after_queries: queries that would be sent for it
--   after_seconds: time that it would take; seconds
--   halves: types that it is or would be asked for, A and AAAA
--   recorded: whether it was tried in this evidence
--   outcome: how the lookup ended
--   after_outcome: how it would end; broken when it was answered and would not be
-- ---
with suffixes as (
  select c.client, s.suffix, s.place
  from clients as c
  cross join unnest(c.search_list) with ordinality as s(suffix, place)
),
-- the search list that each client would have
searched as (
  select client, suffix, place
  from suffixes
  where not contains(split(coalesce($without::varchar, ''), ','), suffix)
),
-- clients whose list would be another
shortened as (
  select client
  from suffixes
  group by client
  having count_if(contains(split(coalesce($without::varchar, ''), ','), suffix)) > 0
),
spans as (
  select
    q.lookup_id,
    q.qname,
    min(q.asked_at) as asked_at,
    sum(q.attempts) as queries,
    count(distinct q.qtype) as halves,
    max(case when q.outcome = 'answered' then 1 else 0 end) as answered
  from questions as q
  where q.lookup_id is not null
  group by q.lookup_id, q.qname
),
chosen as (
  select
    l.lookup_id, l.client, l.name, l.started_at, l.seconds, l.steps, l.outcome,
    coalesce(c.ndots, 5) as ndots,
    c.resolver,
    c.client_name,
    c.node,
    length(l.name) - length(replace(l.name, '.', '')) as dots,
    s.suffix is not null as searches,
    d.client is not null as shorter,
    case when l.steps = 1 and l.outcome = 'answered' then s.suffix end as first_suffix
  from narrowed.lookups as l
  left join clients as c on c.client = l.client
  left join suffixes as s on s.client = l.client and s.place = 1
  left join shortened as d on d.client = l.client
  where l.address_lookup
),
-- the name as the program asked for it, and whether the search list had a say at all
bases as (
  select
    *,
    case
      when dots < ndots and ends_with(name, '.' || first_suffix)
        then substring(name, 1, length(name) - length(first_suffix) - 1)
      else name
    end as base
  from chosen
),
dotted as (
  select
    *,
    length(base) - length(replace(base, '.', '')) as base_dots,
    coalesce($ndots::bigint, ndots) as ndots_after
  from bases
),
-- a name that has ndots dots before as after, or has them neither time, is tried in the same order
asked as (
  select
    *,
    case
      when contains(split(coalesce($fqdn::varchar, ''), ','), base) then 'rooted'
      when not searches or (base_dots >= ndots) = (base_dots >= ndots_after) and not shorter then 'as before'
      when steps = 1 and base = name and dots < ndots then 'as before'
      else 'searched'
    end as way
  from dotted
),
-- what each lookup would try, in its order
candidates as (
  select
    lookup_id,
    base as qname,
    case when way = 'rooted' or base_dots >= ndots_after then 0 else 1000 end as place
  from asked
  where way <> 'as before'
  union all
  select a.lookup_id, a.base || '.' || s.suffix, s.place
  from asked as a
  inner join searched as s on s.client = a.client
  where a.way = 'searched' and not (coalesce(a.resolver, '') = 'musl' and a.base_dots >= a.ndots_after)
),
existing as (
  select distinct qname
  from questions
  where outcome = 'answered'
),
judged as (
  select
    c.lookup_id, c.qname, c.place,
    min(case when e.qname is not null then c.place end) over (partition by c.lookup_id) as last_place
  from candidates as c
  left join existing as e on e.qname = c.qname
),
tried as (
  select lookup_id, qname, place, last_place is not null as found
  from judged
  where last_place is null or place <= last_place
  union all
  select
    s.lookup_id,
    s.qname,
    row_number() over (partition by s.lookup_id order by s.asked_at, s.qname),
    a.outcome = 'answered'
  from spans as s
  inner join asked as a on a.lookup_id = s.lookup_id
  where a.way = 'as before'
),
recorded as (
  select
    s.lookup_id, s.qname, s.queries, s.halves,
    coalesce(
      date_diff('microsecond', s.asked_at, lead(s.asked_at) over walk) / 1e6,
      a.seconds - date_diff('microsecond', a.started_at, s.asked_at) / 1e6
    ) as seconds
  from spans as s
  inner join asked as a on a.lookup_id = s.lookup_id
  window walk as (partition by s.lookup_id order by s.asked_at, s.qname)
),
-- what lost halves cost, and the queries that were sent again for them
races as (
  select
    d.lookup_id, t.qname,
    sum(d.cost_seconds) as seconds
  from lookup_delays as d
  inner join transactions as t on t.transaction_id = d.transaction_id
  where d.cause in ('conntrack-race', 'conntrack-table-full')
  group by d.lookup_id, t.qname
),
-- a name that was not tried would cost what a miss costs
misses as (
  select approx_percentile(waited_seconds, 0.5) as seconds
  from questions
  where outcome = 'negative' and attempts = 1 and lookup_id is not null
),
-- what was tried beside what would be; a name that was not tried is asked for as many halves as the others
walked as (
  select
    coalesce(t.lookup_id, r.lookup_id) as lookup_id,
    coalesce(t.qname, r.qname) as qname,
    t.place,
    t.found,
    r.queries,
    r.seconds,
    coalesce(r.halves, max(r.halves) over (partition by coalesce(t.lookup_id, r.lookup_id))) as halves,
    row_number()
      over (partition by coalesce(t.lookup_id, r.lookup_id) order by t.place nulls last, coalesce(t.qname, r.qname))
      as turn_after,
    count(t.place) over (partition by coalesce(t.lookup_id, r.lookup_id)) as steps_after
  from tried as t
  full outer join recorded as r on r.lookup_id = t.lookup_id and r.qname = t.qname
),
costed as (
  select
    w.*,
    a.base,
    case
      when w.place is null then 0
      when w.queries is null or x.seconds is not null then w.halves
      else w.queries
    end as queries_kept,
    case
      when w.place is null then 0
      when w.queries is null then coalesce(m.seconds, 0.001)
      when x.seconds is not null then greatest(w.seconds - x.seconds, 0.001)
      else w.seconds
    end as seconds_kept
  from walked as w
  inner join asked as a on a.lookup_id = w.lookup_id
  cross join misses as m
  left join races as x
    on x.lookup_id = w.lookup_id and x.qname = w.qname
    and ($no_race::boolean or ($single_request::boolean and a.resolver = 'glibc'))
),
-- with autopath the first name brings the last one's answer
pathed as (
  select
    *,
    $autopath::boolean and coalesce(found, false) and steps_after > 1
      and max(case when turn_after = 1 and qname <> base then 1 else 0 end) over (partition by lookup_id) = 1 as in_path
  from costed
)
select
  a.lookup_id,
  a.client,
  a.client_name,
  a.node,
  a.resolver,
  a.base as name,
  a.started_at,
  p.qname,
  case when p.place is not null then p.turn_after end as place,
  coalesce(p.queries, 0) as queries,
  coalesce(p.seconds, 0) as seconds,
  case when p.in_path and p.turn_after > 1 then 0 else p.queries_kept end as after_queries,
  case when p.in_path and p.turn_after > 1 and p.turn_after < p.steps_after then 0 else p.seconds_kept end
    as after_seconds,
  p.halves,
  p.queries is not null as recorded,
  a.outcome,
  case
    when a.way = 'as before' then a.outcome
    when max(case when p.found then 1 else 0 end) over (partition by a.lookup_id) = 1 then 'answered'
    when a.outcome = 'answered' then 'broken'
    else a.outcome
  end as after_outcome
from pathed as p
inner join asked as a on a.lookup_id = p.lookup_id
order by a.started_at, a.lookup_id, p.turn_after
