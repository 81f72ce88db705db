-- ---
-- title: The rows behind each cause
-- description: One row a thing on the wire that shows a cause, with its client, time and place in the evidence.
-- from: [causes.nodelocal_bypass, work.lookup_causes, work.judged_transactions, work.wire_lookups, work.lookup_steps, work.step_questions, work.wire_questions, work.race_losses, work.losses, work.upstream_queries, work.address_names, raw.sources, work.name_ids, raw.codes]
-- materialized: table
-- ---
with slow as (
  select
    c.cause, l.client_id, c.transaction_id, l.started_ns as ns, l.ended_ns,
    format(
      '{} {} {}',
      l.name,
      case l.outcome when 'failed' then 'failed after' else 'took' end,
      case
        when l.ended_ns - l.started_ns >= 100000000 then format('{:.2f} s', (l.ended_ns - l.started_ns) / 1e9)
        else format('{:.1f} ms', (l.ended_ns - l.started_ns) / 1e6)
      end
    ) as what
  from work.lookup_causes as c
  inner join work.wire_lookups as l on l.lookup_id = c.lookup_id
  where c.cause <> 'unexplained'
),
walked as (
  select
    'search-amplification' as cause, l.client_id, min(q.transaction_id) as transaction_id, l.started_ns as ns, l.ended_ns,
    format('{} took {} names, {} queries', l.name, l.steps, l.queries) as what
  from work.wire_lookups as l
  inner join work.lookup_steps as s on s.lookup_id = l.lookup_id
  inner join work.step_questions as p on p.step_id = s.step_id
  inner join work.wire_questions as q on q.question_id = p.question_id
  where l.steps > 2
  group by all
),
others as (
  select
    'truncation' as cause, client_id, transaction_id, asked_ns as ns, answered_ns as ended_ns, 'a truncated answer' as what
  from work.judged_transactions
  where state = 'answered' and (answer_flags & 512) > 0 and not from_forwarder
  union all
  select 'nodelocal-bypass', t.client_id, t.transaction_id, t.asked_ns, t.answered_ns, 'asked the service address'
  from work.judged_transactions as t
  where not t.from_forwarder
    and t.answer_first_src_id <> t.server_id
    and (select verdict from causes.nodelocal_bypass) in ('confirmed', 'possible')
  union all
  select 'conntrack-race', client_id, transaction_id, asked_ns, asked_ns, 'this half never reached a server'
  from work.race_losses
  where half and one_socket and lookup_id is null
  union all
  select 'upstream-silent', forwarder_id, transaction_id, asked_ns, asked_ns, 'the upstream never answered'
  from work.upstream_queries
  where state = 'unanswered'
),
all_rows as (
  select * from slow
  union all
  select * from walked
  union all
  select * from others
)
select
  r.cause,
  r.client_id,
  n.label as client,
  r.transaction_id,
  r.ns,
  r.ended_ns,
  format(
    '{} frame {}: {} {} asked {} {}: {}',
    regexp_extract(s.path, '([^/\\]+)$'), t.frame, strftime(make_timestamp_ns(r.ns), '%H:%M:%S.%g'), n.label,
    coalesce(c.mnemonic, 'TYPE' || t.qtype), q.name, r.what
  ) as example
from all_rows as r
inner join work.judged_transactions as t on t.transaction_id = r.transaction_id
inner join work.address_names as n on n.address_id = r.client_id
inner join raw.sources as s on s.source_id = t.source_id
inner join work.name_ids as q on q.raw_id = t.qname_id
left join raw.codes as c on c.registry = 'type' and c.code = t.qtype
