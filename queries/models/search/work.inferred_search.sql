-- ---
-- title: Search lists inferred from walks
-- description: >
--   One row per client and place in its inferred search list. The list begins with the suffix that follows no other and
--   goes on with the one that most often comes next; where a client's own walks end early, the other clients' walks say
--   what comes next. Pairs seen only once count when another client shows them too, or where they have the cluster's
--   form: NAMESPACE.svc.DOMAIN, svc.DOMAIN, DOMAIN, and what comes after these.
-- from: [work.observed_suffixes]
-- materialized: table
-- key: [client_id, position]
-- ---
with recursive pooled as (
  select suffix, next_suffix, sum(times) as times
  from work.observed_suffixes
  group by suffix, next_suffix
),
-- a step of a list in the cluster's form, and one on from its domain
formed as (
  select
    o.*,
    regexp_matches(suffix, '^[^.]+\.svc\..') and next_suffix = substr(suffix, strpos(suffix, '.') + 1)
    or starts_with(suffix, 'svc.') and next_suffix = substr(suffix, 5) as form
  from work.observed_suffixes as o
),
domains as (
  select distinct client_id, next_suffix as suffix from formed where form and not starts_with(next_suffix, 'svc.')
),
-- what follows the domain, a suffix of the node, has followers of its own
beyond as (
  select f.client_id, f.next_suffix as suffix
  from formed as f
  inner join domains as d on d.client_id = f.client_id and d.suffix = f.suffix
  union
  select client_id, suffix from domains
),
pairs as (
  select o.client_id, o.suffix, o.next_suffix, o.times, o.form
  from formed as o
  inner join pooled as p on p.suffix = o.suffix and p.next_suffix = o.next_suffix
  left join beyond as b on b.client_id = o.client_id and b.suffix = o.suffix
  where p.times >= 2 or o.form or b.suffix is not null
),
-- what follows a suffix: as the client itself does it most often, else as all do
own_next as (
  select client_id, suffix, arg_max(next_suffix, (form, times, next_suffix)) as next_suffix
  from pairs
  group by client_id, suffix
),
any_next as (
  select suffix, arg_max(next_suffix, (times, next_suffix)) as next_suffix
  from pooled
  where times >= 2
  group by suffix
),
starts as (
  select p.client_id, arg_max(p.suffix, (p.form, p.times, p.suffix)) as suffix
  from pairs as p
  left join (
    select client_id, next_suffix, max(times) as times from pairs group by client_id, next_suffix
  ) as q on q.client_id = p.client_id and q.next_suffix = p.suffix
  where coalesce(q.times * 10 < p.times, true)
  group by p.client_id
),
lists as (
  select client_id, 1 as position, suffix
  from starts
  union all
  select l.client_id, l.position + 1, coalesce(o.next_suffix, a.next_suffix)
  from lists as l
  left join own_next as o on o.client_id = l.client_id and o.suffix = l.suffix
  left join any_next as a on a.suffix = l.suffix
  where coalesce(o.next_suffix, a.next_suffix) <> '' and l.position < 32
)
select client_id, position, suffix from lists
