-- ---
-- title: What ICMP said of each transaction
-- description: >
--   One row per transaction that an ICMP error quotes, with the error that was seen nearest to the client: on its way
--   to it, in the capture that saw its query first, and when it ended the wait for an answer (null where no socket
--   hears of it).
-- from: [work.icmp_quotes]
-- materialized: table
-- key: [transaction_id]
-- ---
select
  transaction_id,
  error,
  from_id,
  of_response,
  mtu,
  ns,
  case when ends_wait and not of_response and to_id = client_id then ns end as ended_ns
from work.icmp_quotes
qualify
  row_number()
    over (partition by transaction_id order by to_id <> client_id, same_capture desc, of_response, ends_wait desc, ns)
  = 1
