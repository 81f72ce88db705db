-- ---
-- title: Examples of each cause
-- description: One row per cause and one of the three first rows that show it, as a line that points into the evidence.
-- from: [work.cause_rows, work.judged_transactions, work.wire_lookups, work.address_names, raw.sources, work.name_ids,
--   raw.codes]
-- materialized: table
-- ---
with first_rows as (
  select *
  from work.cause_rows
  qualify row_number() over (partition by cause order by ns, transaction_id) <= 3
),
told as (
  select
    r.* exclude (story),
    coalesce(
      r.story,
      format(
        '{} {} {}',
        l.name,
        case l.outcome when 'failed' then 'failed after' else 'took' end,
        case
          when l.ended_ns - l.started_ns >= work.ns(0.1) then format('{:.2f} s', (l.ended_ns - l.started_ns) / 1e9)
          else format('{:.1f} ms', (l.ended_ns - l.started_ns) / 1e6)
        end
      )
    ) as story
  from first_rows as r
  left join work.wire_lookups as l on l.lookup_id = r.lookup_id
)
select
  told.cause,
  told.ns,
  told.transaction_id,
  format(
    '{} frame {}: {} {} asked {} {}: {}',
    regexp_extract(sources.path, '([^/\\]+)$'),
    transactions.frame,
    strftime(make_timestamp_ns(transactions.asked_ns), '%H:%M:%S.%g'),
    client.label,
    coalesce(types.mnemonic, 'TYPE' || transactions.qtype), qname.name, told.story
  ) as example
from told
inner join work.judged_transactions as transactions on transactions.transaction_id = told.transaction_id
inner join work.address_names as client on client.address_id = told.client_id
inner join raw.sources on sources.source_id = transactions.source_id
inner join work.name_ids as qname on qname.raw_id = transactions.qname_id
left join raw.codes as types on types.registry = 'type' and types.code = transactions.qtype
