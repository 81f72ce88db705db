-- ---
-- title: Search suffixes as the walks show them
-- description: >
--   One row per client and pair of suffixes that followed each other: a name that was not found, and
--   within 50 ms of its end (2.5 s where answers cannot be seen) the next one that begins with the same label.
-- from: [work.wire_steps, work.name_ids, work.forwarders]
-- materialized: table
-- key: [client_id, suffix, next_suffix]
-- ---
with labelled as (
  select name_id, name, split_part(name, '.', 1) as label
  from work.name_ids
  where raw_id = name_id
),
-- labels that begin one name only lead to no other
labels as (
  select label, row_number() over () as label_id
  from labelled
  group by label
  having count(*) > 1
),
steps as (
  select
    s.step_id,
    s.client_id,
    s.qname_id,
    l.label_id,
    s.started_ns,
    s.ended_ns,
    s.ended_ns + work.ns(if(s.outcome = 'unknown', $unseen_step_seconds, $next_step_seconds)) as latest_ns,
    s.outcome
  from work.wire_steps as s
  inner join labelled as n on n.name_id = s.qname_id
  inner join labels as l on l.label = n.label
  where s.address_lookup and s.client_id not in (select f.address_id from work.forwarders as f)
),
-- the next step of the client whose name begins with the same label; steps are numbered in the order of their times
followed as (
  select a.client_id, a.qname_id as first_id, b.qname_id as next_id, count(*) as times
  from (select * from steps where outcome <> 'answered') as a
  asof inner join steps as b
    on b.client_id = a.client_id and b.label_id = a.label_id and b.step_id > a.step_id
  where b.started_ns between a.ended_ns - work.ns($order_slack_seconds) and a.latest_ns
    and b.qname_id <> a.qname_id
  group by all
),
split as (
  select
    f.client_id,
    f.times,
    a.name as first_name,
    string_split(a.name, '.') as first_labels,
    string_split(b.name, '.') as next_labels
  from followed as f
  inner join labelled as a on a.name_id = f.first_id
  inner join labelled as b on b.name_id = f.next_id
),
shared as (
  select
    *,
    -- labels that both begin with
    coalesce(
      list_min([i for i in range(1, len(first_labels) + 1) if first_labels[i] is distinct from next_labels[i]]),
      len(first_labels) + 1
    ) - 1 as common
  from split
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
