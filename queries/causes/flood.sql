-- ---
-- title: One workload or domain makes most of the load
-- description: >
--   One client sends most of the queries, or most lookups are for names below one parent domain that are hardly asked
--   twice: thousands of names of which no cache keeps anything. Not for a handful of queries, and no more than possible
--   where those lookups were hurt: what hurt them is another cause, which the load may feed.
-- kind: cost
-- hits: names
-- precedence: 140
-- params:
--   least_names: {default: 500, unit: names, description: names below one domain that it takes,
--     source: "chosen: a program that asks its own services asks tens of names, a crawler or a mail filter thousands"}
--   names_share: {default: 0.5, unit: share, description: share of the lookups that those names must be,
--     source: "most of the load"}
--   asked_twice: {default: 1.5, unit: lookups per name,
--     description: "lookups per name up to which names are hardly asked twice",
--     source: "chosen: a cache hardly helps below that"}
--   least_queries: {default: 2000, unit: queries, description: queries of one client that it takes,
--     source: "chosen: half a minute at 60 a second; less is a quiet cluster's whole load"}
--   client_share: {default: 0.6, unit: share, description: share of all queries that one client must send,
--     source: "chosen: well over half"}
--   clients: {default: 5, unit: clients, description: clients that must be seen before one of them can stand out,
--     source: "of two or three one always sends most"}
-- change:
--   - "Ask the workload's owner what these lookups are for; give it a resolver of its own, or let it keep the answers."
--   - {what_if: trailing-dot, say: "Let it write names with a trailing dot, which are asked once as they are."}
--   - {what_if: nodelocal, say: "NodeLocal DNSCache answers what it repeats on its own node."}
--   - "CoreDNS's cache can be given more room (cache { success N })."
-- collect:
--   - "tcpdump -i any -w node.pcap port 53   # on the node"
--   - "kubectl logs -n kube-system -l k8s-app=kube-dns --tail=-1 --timestamps --prefix > coredns.log   # with the log
--       plugin on"
-- look: [traffic/clients, traffic/domains]
-- ---

-- --- signs
select
  l.lookup_id as transaction_id,
  l.lookup_id,
  'example' as strength,
  'a name below ' || f.domain || ', of many that are hardly asked twice' as reason
from work.lookup_domains as l
inner join (
  select domain
  from work.lookup_domains
  group by domain
  having count(distinct name) >= $least_names
    and count(*) <= $asked_twice * count(distinct name)
    and count(*) >= $names_share * (select count(*) from work.lookup_domains)
) as f on f.domain = l.domain;

-- --- numbers
with domains as (
  select
    domain,
    count(*) as domain_lookups,
    count(distinct name) as domain_names,
    count(*) filter (where hurt) as domain_hurt
  from work.lookup_domains
  group by domain
),
top_domain as (
  select *
  from domains
  where domain_lookups <= $asked_twice * domain_names
  order by domain_lookups desc, domain
  limit 1
),
clients as (
  select
    t.client_id,
    n.label,
    count(*) as client_queries,
    coalesce((select count(*) from work.lookup_domains as l where l.client_id = t.client_id and l.hurt), 0)
      as client_hurt
  from work.client_transactions as t
  inner join work.address_names as n on n.address_id = t.client_id
  where t.client_id not in (select f.address_id from work.forwarders as f)
  group by t.client_id, n.label
),
top_client as (
  select label as client, client_queries, client_hurt from clients order by client_queries desc, label limit 1
),
askers as (
  select n.label, count(*) as lookups
  from work.lookup_domains as l
  inner join top_domain as d on d.domain = l.domain
  inner join work.address_names as n on n.address_id = l.client_id
  group by n.label
  order by lookups desc, n.label
  limit 3
)
select
  d.domain,
  coalesce(d.domain_lookups, 0) as domain_lookups,
  coalesce(d.domain_names, 0) as domain_names,
  coalesce(d.domain_hurt, 0) as domain_hurt,
  coalesce(d.domain_lookups / nullif(e.lookups, 0), 0) as domain_share,
  c.client,
  coalesce(c.client_queries, 0) as client_queries,
  coalesce(c.client_hurt, 0) as client_hurt,
  coalesce(c.client_queries / k.client_queries, 0)::DOUBLE as client_share,
  k.all_clients,
  coalesce(
    (
      select
        list(
          label
          || ': '
          || work.counted(lookups, 'lookup', 'lookups')
          || ' below '
          || (
            select domain
            from top_domain
          )
          order by lookups desc, label
        )
      from askers
    ),
    []
  ) as by_asker,
  e.lookups,
  e.queries
from work.evidence as e
left join top_domain as d on true
left join top_client as c on true
cross join (select count(*) as all_clients, sum(client_queries) as client_queries from clients) as k;

-- --- rules
-- one-domain-hurt:
--   when: domain_names >= $least_names and domain_share >= $names_share and domain_hurt > 0
--   verdict: possible
--   say: "{domain_lookups} of {lookups|lookup|lookups} ({domain_share:%}) are for {domain_names|name|names} below
--     {domain}, hardly any asked twice; {domain_hurt|of them was|of them were} slow or failed, which has a cause of its
--     own"
-- one-domain:
--   when: domain_names >= $least_names and domain_share >= $names_share
--   verdict: confirmed
--   say: "{domain_lookups} of {lookups|lookup|lookups} ({domain_share:%}) are for {domain_names|name|names} below
--     {domain}, hardly any asked twice"
-- one-client-hurt:
--   when: client_queries >= $least_queries and client_share >= $client_share and all_clients >= $clients
--     and client_hurt > 0
--   verdict: possible
--   say: "{client} sent {client_queries} of {queries|query|queries} ({client_share:%}); {client_hurt|of its lookups
--     was|of its lookups were} slow or failed, which has a cause of its own"
-- one-client:
--   when: client_queries >= $least_queries and client_share >= $client_share and all_clients >= $clients
--   verdict: likely
--   say: "{client} sent {client_queries} of {queries|query|queries} ({client_share:%})"
-- spread:
--   when: queries >= $least_queries and all_clients >= $clients
--   verdict: ruled_out
--   say: "no client sends most of the queries, and no domain of names that are hardly asked twice makes most of the
--     lookups"
-- little:
--   when: lookups > 0 and queries < $least_queries
--   verdict: ruled_out
--   say: "{queries|query is|queries are} no flood"
-- few-clients:
--   when: lookups > 0
--   verdict: ruled_out
--   say: "no domain of names that are hardly asked twice makes most of the lookups"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no capture shows enough of clients' queries"

-- --- findings
-- - when: domain_names >= $least_names and domain_share >= $names_share
--   each: by_asker
-- - when: domain_names >= $least_names and domain_share >= $names_share and client_queries >= $least_queries and
--     client_share >= $client_share and all_clients >= $clients
--   say: "{client} sent {client_queries} of {queries|query|queries} ({client_share:%})"
