-- ---
-- title: Search suffixes as the walks show them
-- description: >
--   One row a client and pair of suffixes that followed each other: a name that was not found, and
--   within 50 ms of its end (2.5 s where answers cannot be seen) the next one that begins with the same label.
-- from: [work.wire_steps, work.name_ids, work.forwarders]
-- materialized: table
-- ---
with steps as (
  select
    s.client_id,
    s.started_ns,
    s.ended_ns + case when s.outcome = 'unknown' then 2500000000 else 50000000 end as latest_ns,
    s.ended_ns,
    s.outcome,
    n.name,
    split_part(n.name, '.', 1) as label
  from work.wire_steps as s
  inner join work.name_ids as n on n.raw_id = s.qname_id
  where s.address_lookup and s.client_id not in (select f.address_id from work.forwarders as f)
),
-- the next step of the client whose name begins with the same label
followed as (
  select a.client_id, a.name as first_name, b.name as next_name, count(*) as times
  from steps as a
  asof inner join steps as b
    on b.client_id = a.client_id and b.label = a.label and b.started_ns > a.started_ns
  where a.outcome <> 'answered'
    and b.started_ns between a.ended_ns - 1000000 and a.latest_ns
    and b.name <> a.name
  group by all
),
labelled as (
  select
    client_id,
    times,
    first_name,
    string_split(first_name, '.') as first_labels,
    string_split(next_name, '.') as next_labels
  from followed
),
shared as (
  select
    *,
    -- labels that both begin with
    coalesce(
      list_min([i for i in range(1, len(first_labels) + 1) if first_labels[i] is distinct from next_labels[i]]),
      len(first_labels) + 1
    ) - 1 as common
  from labelled
)
select
  client_id,
  array_to_string(first_labels[common + 1:], '.') as suffix,
  array_to_string(next_labels[common + 1:], '.') as next_suffix,
  sum(times)::BIGINT as times,
  count(distinct first_name) as names
from shared
where common < len(first_labels)
group by all
