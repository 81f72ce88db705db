-- ---
-- title: Causes
-- description: >
--   One row per known cause, with the surest verdict that any database gives. The summary is that of the database it
--   hurt most; where others agree, their summaries are further findings.
-- from: [causes_by_database]
-- ---
with judged as (
  select
    *,
    case verdict
      when 'confirmed' then 4 when 'likely' then 3 when 'possible' then 2 when 'ruled_out' then 1 else 0
    end as sureness
  from causes_by_database
),
ranked as (
  select
    *,
    max(sureness) over (partition by cause) as surest,
    count(*) over (partition by cause) as databases,
    count(*) over (partition by cause, verdict) as agree,
    row_number()
      over (partition by cause order by sureness desc, lookups desc, lookup_seconds desc, day, node_label)
      as place
  from judged
),
together as (
  select
    cause,
    min_by(title, place) as title,
    min_by(verdict, place) as verdict,
    min_by(kind, place) as kind,
    min_by(
      case
        when databases = 1 or sureness < 2 then summary
        else
          concat(
            node_label,
            ': ',
            summary,
            ' (',
            cast(agree as varchar),
            ' of ',
            cast(databases as varchar),
            ' databases say ',
            verdict,
            ')'
          )
      end,
      place
    ) as summary,
    min_by(findings, place) as findings,
    array_agg(concat(node_label, ': ', summary) order by place) filter (
      where place between 2 and 5 and sureness = surest and sureness >= 2
    ) as more,
    array_sort(array_distinct(flatten(array_agg(clients)))) as clients,
    min(first_seen) as first_seen,
    max(last_seen) as last_seen,
    min_by(evidence, place) as evidence,
    min_by(change, place) as change,
    min_by(collect, place) as collect,
    min_by(look, place) as look,
    min_by(panels, place) as panels,
    min_by(rule, place) as rule,
    min_by(numbers, place) as numbers,
    min_by(root, place) as root,
    cast(sum(lookups) as bigint) as lookups,
    sum(lookup_seconds) as lookup_seconds
  from ranked
  group by cause
)
select
  cause,
  title,
  verdict,
  kind,
  summary,
  case when more is null then findings else findings || more end as findings,
  clients,
  first_seen,
  last_seen,
  evidence,
  change,
  collect,
  look,
  panels,
  lookups,
  lookup_seconds,
  rule,
  numbers,
  root
from together
