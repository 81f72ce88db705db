-- ---
-- title: Log queries
-- description: >
--   One row per line of CoreDNS's log plugin. A line of a log without times has the time of the answer on the wire that
--   it matches (time_from_wire), or none.
-- from: [raw.log_queries, raw.texts, raw.codes, work.address_ids, work.name_ids, work.log_line_matches,
--   work.wire_transactions]
-- materialized: view
-- key: [source_id, line]
-- columns:
--   flags: flags of the reply as logged (qr,aa,rd)
--   time_from_wire: the time is that of the answer on the wire, as the log has none
-- ---
select
  l.source_id,
  l.line,
  coalesce(l.time, make_timestamp_ns(coalesce(w.answered_ns, w.asked_ns))) as time,
  l.time is null and w.asked_ns is not null as time_from_wire,
  s.text as stream,
  a.address as client,
  l.client_port,
  l.txid,
  n.name as qname,
  coalesce(t.mnemonic, 'TYPE' || l.qtype) as qtype,
  coalesce(c.mnemonic, 'CLASS' || l.qclass) as qclass,
  coalesce(r.mnemonic, 'RCODE' || l.rcode) as rcode,
  p.mnemonic as protocol,
  l.duration_seconds,
  f.text as flags,
  l.request_bytes,
  l.response_bytes,
  l.dnssec_ok,
  l.edns_size,
  m.transaction_id
from raw.log_queries as l
left join work.address_ids as a on a.raw_id = l.client_id
left join work.name_ids as n on n.raw_id = l.qname_id
left join raw.texts as s on s.text_id = l.stream_id
left join raw.texts as f on f.text_id = l.flags_id
left join raw.codes as t on t.registry = 'type' and t.code = l.qtype
left join raw.codes as c on c.registry = 'class' and c.code = l.qclass
left join raw.codes as r on r.registry = 'rcode' and r.code = l.rcode
left join raw.codes as p on p.registry = 'protocol' and p.code = l.protocol
left join work.log_line_matches as m on m.source_id = l.source_id and m.line = l.line
left join work.wire_transactions as w on w.transaction_id = m.transaction_id
