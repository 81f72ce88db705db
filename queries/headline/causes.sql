-- ---
-- title: What the evidence shows
-- description: >
--   One row, a sentence, for the lookups that were hurt, then one for each cause that was found, as diagnosis/causes
--   judges them.
-- kind: headline
-- columns:
--   severity: info where no lookup is hurt by it, else by the verdict
--   sentence: the answer
--   look: the query to look at next
-- ---
with hurt as (
  select count(*) as lookups, count(cause) as hurt, count(*) filter (where cause <> 'unexplained') as explained
  from lookups
),
answers as (
  select
    0 as place,
    cast(0 as double) as cost,
    'lookups' as about,
    case when hurt > explained then 'medium' else 'info' end as severity,
    case
      when lookups = 0
        then 'This evidence shows no lookup of a program, so whether any was slow or failed cannot be told.'
      else
        grouped(hurt) || ' of ' || counted(lookups, 'lookup was', 'lookups were') || ' slow (1 s or longer) or failed'
        || case when hurt > 0 then '; ' || grouped(explained) || ' of them are explained.' else '.' end
    end as sentence,
    case when hurt > 0 then 'diagnosis/clients' end as look
  from hurt
  union all
  select
    1,
    lookup_seconds,
    cause,
    case
      when kind = 'cost' and lookups = 0 then 'info'
      when verdict = 'confirmed' then 'high'
      when verdict = 'likely' then 'medium'
      else 'low'
    end,
    title
    || ' ('
    || verdict
    || '): '
    || summary
    || '.'
    || case when root is null then '' else ' It is a consequence of ' || root || '.' end,
    element_at(look, 1)
  from causes
  where verdict not in ('ruled_out', 'no_evidence')
)
select severity, sentence, look
from answers
order by place, cost desc, about
