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
  lines.source_id,
  lines.line,
  coalesce(lines.time, make_timestamp_ns(coalesce(transactions.answered_ns, transactions.asked_ns))) as time,
  lines.time is null and transactions.asked_ns is not null as time_from_wire,
  stream.text as stream,
  client.address as client,
  lines.client_port,
  lines.txid,
  qname.name as qname,
  coalesce(types.mnemonic, 'TYPE' || lines.qtype) as qtype,
  coalesce(classes.mnemonic, 'CLASS' || lines.qclass) as qclass,
  coalesce(rcodes.mnemonic, 'RCODE' || lines.rcode) as rcode,
  protocols.mnemonic as protocol,
  lines.duration_seconds,
  flags.text as flags,
  lines.request_bytes,
  lines.response_bytes,
  lines.dnssec_ok,
  lines.edns_size,
  matches.transaction_id
from raw.log_queries as lines
left join work.address_ids as client on client.raw_id = lines.client_id
left join work.name_ids as qname on qname.raw_id = lines.qname_id
left join raw.texts as stream on stream.text_id = lines.stream_id
left join raw.texts as flags on flags.text_id = lines.flags_id
left join raw.codes as types on types.registry = 'type' and types.code = lines.qtype
left join raw.codes as classes on classes.registry = 'class' and classes.code = lines.qclass
left join raw.codes as rcodes on rcodes.registry = 'rcode' and rcodes.code = lines.rcode
left join raw.codes as protocols on protocols.registry = 'protocol' and protocols.code = lines.protocol
left join work.log_line_matches as matches on matches.source_id = lines.source_id and matches.line = lines.line
left join work.wire_transactions as transactions on transactions.transaction_id = matches.transaction_id
