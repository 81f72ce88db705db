-- ---
-- title: Search list amplification
-- description: >
--   Lookups walk the search list before the name that answers; what it costs. Confirmed when the walks waste a
--   noticeable share of all queries. NXDOMAIN for absolute names is none of this.
-- kind: cost
-- hits: names
-- precedence: 130
-- params:
--   least: {default: 10, unit: walks,
--     description: "walks past two names that it takes, and lookups or lines without one that speak against it",
--     source: "chosen: fewer are no habit of a program"}
--   few: {default: 3, unit: walks, description: walks past two names that it takes to be likely,
--     source: "chosen: one or two may be typing errors"}
--   share: {default: 0.2, unit: share, description: share of the queries that the walks waste,
--     source: "chosen: a fifth of a server's load is worth a change"}
--   likely_share: {default: 0.1, unit: share, description: share of the queries wasted that it takes to be likely,
--     source: "half of that"}
--   possible_share: {default: 0.02, unit: share, description: share of the queries wasted below which it is none,
--     source: "chosen: nobody would notice it"}
-- change:
--   - when: spared > 0 and spared_queries > 0
--     say: "Set ndots to {safe_ndots} for the workloads that walk: {spared_share:%} fewer queries, and nothing seen
--       here breaks{stronger}."
--   - {what_if: trailing-dot, say: "Write external names with a trailing dot: they are then asked once, as they are."}
--   - {when: walks = 0 and missed > 0,
--       say: "Lower ndots (dnsConfig.options) of pods that mostly ask external names; what that would break takes a
--         capture to say."}
--   - {what_if: autopath,
--       say: "CoreDNS's autopath plugin ends walks on the server's side (it needs pods verified, which costs memory)."}
--   - {what_if: nodelocal, say: "NodeLocal DNSCache answers repeated queries on the node."}
--   - "dnslens what-if says of any ndots, name, search list or cache what it would save here, and which lookups it
--       would break."
-- collect:
--   - "tcpdump -i any -w node.pcap port 53   # on the node"
--   - "kubectl exec POD -- cat /etc/resolv.conf"
-- look: [search/storms, search/names]
-- panels: [NXDOMAIN share]
-- ---

-- --- signs
-- a lookup has the number of its first transaction
select
  lookup_id as transaction_id,
  lookup_id,
  'example' as strength,
  format('{} took {}, {}', name, work.counted(steps, 'name', 'names'), work.counted(queries, 'query', 'queries'))
    as reason
from work.wire_lookups
where steps > 2;

-- --- numbers
with walked as (
  select
    count(*) filter (where steps > 2) as walks,
    coalesce(sum(queries), 0)::BIGINT as queries,
    coalesce(sum(wasted_queries) filter (where steps > 1), 0)::BIGINT as wasted,
    avg(queries) filter (where steps > 2) as queries_a_walk,
    count(distinct client_id) filter (where steps > 2) as walkers
  from work.wire_lookups
),
-- the names' ends of the suffixes' lengths: each name beside each suffix would have no bound
ends as materialized (
  select n.raw_id, right(n.name, s.size) as ending
  from work.name_ids as n
  inner join (select distinct length(suffix) + 1 as size from work.made_suffixes) as s on s.size <= length(n.name)
),
made as (
  select distinct e.raw_id from ends as e inner join work.made_suffixes as s on '.' || s.suffix = e.ending
),
lines as (
  select count(*) as logged, count(m.raw_id) filter (where work.is_nxdomain(q.rcode)) as missed
  from raw.log_queries as q
  left join made as m on m.raw_id = q.qname_id
),
last_steps as (
  select lookup_id, max(step_id) as step_id from work.lookup_steps group by lookup_id
),
-- the dots of what programs asked for, and whether a suffix of the list answered it; a name that its first step
-- answered below the first suffix may be that of a shorter one
asked as (
  select
    lookups.client_id,
    lookups.name,
    lookups.steps,
    lookups.queries,
    lookups.wasted_queries,
    lookups.outcome = 'answered' as answered,
    coalesce(client_facts.resolver, 'several') in ('musl', 'several') as like_musl,
    client_facts.resolver = 'musl' as is_musl,
    coalesce(client_facts.ndots, 5) as ndots,
    lookups.outcome = 'answered'
    and (qname.name <> lookups.name or lookups.steps = 1 and client_search.suffix is not null) as by_suffix,
    length(lookups.name)
    - length(replace(lookups.name, '.', ''))
    - coalesce(length(client_search.suffix) - length(replace(client_search.suffix, '.', '')) + 1, 0) as dots
  from work.wire_lookups as lookups
  inner join last_steps on last_steps.lookup_id = lookups.lookup_id
  inner join work.wire_steps on wire_steps.step_id = last_steps.step_id
  inner join work.name_ids as qname on qname.raw_id = wire_steps.qname_id
  left join work.client_search
    on client_search.client_id = lookups.client_id
    and client_search.position = 1
    and lookups.steps = 1
    and ends_with(lookups.name, '.' || client_search.suffix)
    and lookups.outcome = 'answered'
  left join work.client_facts on client_facts.client_id = lookups.client_id
  where lookups.address_lookup
),
-- musl searches no name with ndots dots or more; other resolvers do when the name alone fails
kept as (
  select coalesce(max(dots) filter (where by_suffix and like_musl), 0) + 1 as safe_ndots
  from asked
),
-- what is asked as it is first: answered at once where it exists, for musl the only name that is asked, else two
-- queries more
changed as (
  select
    k.safe_ndots,
    a.steps,
    a.by_suffix,
    a.by_suffix and a.like_musl and a.dots = k.safe_ndots - 1 as needs_it,
    a.dots between k.safe_ndots and a.ndots - 1 as asked_first,
    case
      when a.by_suffix then -2
      when a.answered then a.wasted_queries
      when a.is_musl or a.name in (select name from asked where answered and not by_suffix)
        then greatest(a.queries - 2, 0)
      else 0
    end as spared_queries
  from kept as k
  left join asked as a on true
),
spared as (
  select
    safe_ndots,
    count(*) filter (where steps > 2 and asked_first and not by_suffix) as spared,
    coalesce(sum(spared_queries) filter (where asked_first), 0)::BIGINT as spared_queries,
    case
      when safe_ndots > 1
        then
          format(
            ' (ndots {} would break {})',
            safe_ndots - 1,
            work.counted(count(*) filter (where needs_it), 'lookup', 'lookups')
          )
        else ''
    end as stronger
  from changed
  group by safe_ndots
)
select
  w.*,
  greatest(p.spared_queries, 0) / greatest(w.queries, 1) as spared_share,
  w.wasted / greatest(w.queries, 1) as wasted_share,
  l.*,
  l.missed / greatest(l.logged, 1) as missed_share,
  p.*,
  e.lookups
from work.evidence as e cross join walked as w cross join lines as l cross join spared as p;

-- --- rules
-- many-walks:
--   when: walks >= $least and wasted_share >= $share
--   verdict: confirmed
--   say: "{walks|lookup|lookups} of {walkers|client|clients} walked the search list; {wasted} of
--     {queries|query|queries} ({wasted_share:%}) were search-list expansions"
-- some-walks:
--   when: walks >= $few and wasted_share >= $likely_share
--   verdict: likely
--   say: "{walks|lookup|lookups} of {walkers|client|clients} walked the search list; {wasted} of
--     {queries|query|queries} ({wasted_share:%}) were search-list expansions"
-- few-walks:
--   when: walks > 0 and wasted_share >= $possible_share
--   verdict: possible
--   say: "{walks|lookup|lookups} of {walkers|client|clients} walked the search list; {wasted} of
--     {queries|query|queries} ({wasted_share:%}) were search-list expansions"
-- hardly-any:
--   when: walks > 0
--   verdict: ruled_out
--   say: "{walks|lookup|lookups} of {walkers|client|clients} walked the search list; {wasted} of
--     {queries|query|queries} ({wasted_share:%}) were search-list expansions"
-- none-walked:
--   when: lookups >= $least
--   verdict: ruled_out
--   say: "no lookup walked the search list"
-- missed-in-the-log:
--   when: missed >= $least and missed_share >= $share
--   verdict: likely
--   say: "{missed} of {logged|line|lines} of the logs {missed?is|are} NXDOMAIN for names below suffixes of search
--     lists"
-- some-missed-in-the-log:
--   when: missed > 0 and missed_share >= $possible_share
--   verdict: possible
--   say: "{missed} of {logged|line|lines} of the logs {missed?is|are} NXDOMAIN for names below suffixes of search
--     lists"
-- hardly-any-in-the-log:
--   when: missed > 0
--   verdict: ruled_out
--   say: "{missed} of {logged|line|lines} of the logs {missed?is|are} NXDOMAIN for names below suffixes of search
--     lists"
-- none-in-the-log:
--   when: logged >= $least
--   verdict: ruled_out
--   say: "the logs show no NXDOMAIN for names below suffixes of search lists"
-- too-few:
--   when: lookups + logged > 0
--   verdict: no_evidence
--   say: "there are too few lookups to see whether programs walk a search list"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "there is neither a capture nor a log of queries"

-- --- findings
-- - when: walks > 0
--   say: "such a lookup took {queries_a_walk:.1} queries on average, where 2 would do (A and AAAA)"

-- --- fix
-- - title: Lower ndots of the workloads that walk
--   when: spared > 0 and spared_queries > 0
--   pods: {options: {ndots: '{{safe_ndots}}'}}
--   risk: The workload's pods are made anew. A short name that nobody asked for in this evidence, with {{safe_ndots}}
--     dots or more, is asked as it is first, and by musl not searched for at all.
-- - title: Let CoreDNS walk the search list itself
--   what_if: autopath
--   corefile:
--     - {plugin: autopath, add: ['@kubernetes']}
--     - {plugin: kubernetes, options: [[pods, verified]]}
--   risk: pods verified has CoreDNS watch every pod, which takes memory and load of the API server; a name that no
--     suffix has is still walked for by the client.
