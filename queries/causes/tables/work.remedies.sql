-- ---
-- title: What remedies would have brought
-- description: >
--   One row per remedy that advice of causes names and what-if can play: whether it would have spared a query or a wait
--   in this evidence and failed no lookup. null where no lookup of this evidence can be played. It asks only whether;
--   dnslens what-if says how much.
-- from: [work.wire_lookups, work.lookup_steps, work.wire_steps, work.wire_questions, work.question_lookups,
--   work.name_ids, work.client_facts, work.delays, work.address_ids, servers]
-- materialized: table
-- key: [remedy]
-- ---
with walks as (
  select
    l.name,
    l.outcome = 'answered' as answered,
    arg_min(w.qname_id, w.step_id) as first_id,
    arg_max(w.qname_id, w.step_id) as last_id
  from work.wire_lookups as l
  inner join work.lookup_steps as s on s.lookup_id = l.lookup_id
  inner join work.wire_steps as w on w.step_id = s.step_id
  where l.address_lookup and l.steps > 1
  group by l.lookup_id, l.name, l.outcome
),
-- what began in the search list
searched as (
  select w.name, w.answered, z.name = w.name as to_itself
  from walks as w
  inner join work.name_ids as f on f.raw_id = w.first_id
  inner join work.name_ids as z on z.raw_id = w.last_id
  where f.name <> w.name
),
walked as (
  select
    coalesce(bool_or(answered), false) as path_ends,
    -- with a dot at its end a name that only a suffix completes fails
    coalesce(
      bool_or(to_itself and name not in (select o.name from searched as o where o.answered and not o.to_itself)), false
    ) as dot_spares
  from searched
),
raced as (
  select count(*) > 0 as any_waited, count(*) filter (where f.resolver = 'glibc') > 0 as glibc_waited
  from work.delays as d
  inner join work.wire_lookups as l on l.lookup_id = d.lookup_id
  inner join work.client_facts as f on f.client_id = l.client_id
  where d.cause in ('conntrack-race', 'conntrack-table-full') and d.transaction_id is not null and l.address_lookup
),
asked as (
  select
    coalesce(client_facts.node, client_facts.client) as node,
    questions.qname_id,
    questions.qtype,
    questions.question_id,
    questions.asked_ns,
    case when questions.outcome in ('answered', 'negative') then questions.ended_ns end as answered_ns
  from work.wire_questions as questions
  inner join work.question_lookups as of_lookup on of_lookup.question_id = questions.question_id
  inner join work.wire_lookups as lookups on lookups.lookup_id = of_lookup.lookup_id and lookups.address_lookup
  inner join work.client_facts on client_facts.client_id = questions.client_id
  inner join work.address_ids as server on server.raw_id = questions.server_id
  left join servers on servers.server = server.address
  where coalesce(servers.role, 'server') <> 'nodelocal'
),
repeated as (
  select
    coalesce(
      bool_or(asked_ns >= answered_before_ns and asked_ns < answered_before_ns + work.ns($node_cache_seconds)), false
    ) as cached
  from (
    select
      asked_ns,
      lag(answered_ns ignore nulls)
        over (partition by node, qname_id, qtype order by asked_ns, question_id)
        as answered_before_ns
    from asked
  )
),
played as (
  select count(*) > 0 as any_lookup from work.wire_lookups where address_lookup
)
select remedies.remedy, case when played.any_lookup then remedies.helps end as helps
from walked
cross join raced
cross join repeated
cross join played
cross join lateral (
  values
    ('autopath', walked.path_ends),
    ('trailing-dot', walked.dot_spares),
    ('single-request', raced.glibc_waited),
    ('nodelocal', raced.any_waited or repeated.cached)
) as remedies(remedy, helps)
