-- ---
-- title: ICMP errors and the transactions that they quote
-- description: >
--   One row per ICMP error that quotes a query or a response whose transaction is seen, each time it was seen: by the
--   key where the quotation has the message, else by client, port and what there is of the id, else by client and
--   server; of several sendings it is the nearest in time.
-- from: [raw.icmp_errors, raw.codes, work.translated_keys, work.wire_transactions, work.address_ids]
-- materialized: table
-- ---
with errors as (
  select
    icmp_errors.rowid as error_id,
    icmp_errors.source_id,
    icmp_errors.frame,
    epoch_ns(icmp_errors.time) as ns,
    sender.address_id as from_id,
    receiver.address_id as to_id,
    work.icmp_name(icmps.mnemonic, icmp_errors.version, icmp_errors.type, icmp_errors.code) as error,
    -- what only says that a packet is too big, or came in circles or pieces, is heard by no socket
    icmp_errors.type = case icmp_errors.version when 4 then 3 else 1 end
    and not (icmp_errors.version = 4 and icmp_errors.code = 4) as ends_wait,
    icmp_errors.mtu,
    icmp_errors.of_response,
    coalesce(translated_keys.original_key, icmp_errors.key) as key,
    client.address_id as client_id,
    case when icmp_errors.of_response then icmp_errors.quoted_dst_port else icmp_errors.quoted_src_port end
      as client_port,
    icmp_errors.protocol,
    server.address_id as quoted_id,
    icmp_errors.txid
  from raw.icmp_errors
  inner join work.address_ids as sender on sender.raw_id = icmp_errors.src_id
  inner join work.address_ids as receiver on receiver.raw_id = icmp_errors.dst_id
  inner join work.address_ids as client
    on client.raw_id
      = case when icmp_errors.of_response then icmp_errors.quoted_dst_id else icmp_errors.quoted_src_id end
  left join work.address_ids as server on server.raw_id = icmp_errors.quoted_dst_id
  left join work.translated_keys on translated_keys.key = icmp_errors.key
  left join raw.codes as icmps
    on icmps.registry = 'icmp'
    and icmps.code = work.icmp_code(icmp_errors.version, icmp_errors.type, icmp_errors.code)
),
quoted as (
  select e.*, w.transaction_id, w.asked_ns, w.source_id = e.source_id as same_capture
  from errors as e
  inner join work.wire_transactions as w on w.key = e.key
  union all
  select e.*, w.transaction_id, w.asked_ns, w.source_id = e.source_id
  from errors as e
  inner join work.wire_transactions as w
    on w.client_id = e.client_id
      and w.client_port = e.client_port
      and w.protocol = e.protocol
      and coalesce(e.txid = w.txid, true)
  where e.key is null
  union all
  -- a port that is not printed: the nearest query from whom it was sent to, to where nobody listens, without an answer
  select e.*, w.transaction_id, w.asked_ns, w.source_id = e.source_id
  from errors as e
  inner join work.wire_transactions as w
    on w.client_id = e.client_id and w.protocol = e.protocol and e.quoted_id in (w.server_id, w.last_dst_id)
  where e.client_port is null and not e.of_response and w.answer_src_id is null
)
select * exclude (key, client_port, protocol, quoted_id, txid, asked_ns)
from quoted
-- within one capture an error follows what it quotes; clocks of two may differ by seconds
where ns
  - asked_ns between case
    when same_capture then -work.ns($order_slack_seconds) else -work.ns($icmp_clock_seconds)
  end and work.ns($icmp_reach_seconds)
qualify row_number() over (partition by error_id order by abs(ns - asked_ns), transaction_id) = 1
