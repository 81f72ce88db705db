-- ---
-- title: Log events
-- description: One row per log line that is no query line.
-- from: [raw.log_events, raw.texts, raw.codes, work.name_ids]
-- materialized: view
-- ---
select
  e.source_id,
  e.line,
  e.time,
  s.text as stream,
  e.level,
  e.plugin,
  e.event,
  n.name as qname,
  coalesce(t.mnemonic, 'TYPE' || e.qtype) as qtype,
  e.upstream,
  e.reason,
  e.count,
  e.message
from raw.log_events as e
left join work.name_ids as n on n.raw_id = e.qname_id
left join raw.texts as s on s.text_id = e.stream_id
left join raw.codes as t on t.registry = 'type' and t.code = e.qtype
