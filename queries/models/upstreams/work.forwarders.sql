-- ---
-- title: Addresses that ask for others
-- description: >
--   One row per address whose queries are no lookups of a program: it answered queries itself (CoreDNS, an upstream) or
--   a service passed them on to it, or at least four of five of its queries followed at once, and at another server, a
--   query of the same name and type that another client was waiting for (NodeLocal, whose own queries leave from the
--   node's address).
-- from: [work.wire_transactions]
-- materialized: table
-- key: [address_id]
-- ---
with asked as (
  select
    transaction_id,
    client_id,
    server_id,
    qname_id,
    qtype,
    asked_ns,
    -- a forwarder asks at once; pods that wait for one name at two servers ask within seconds of each other
    least(answered_ns, asked_ns + work.ns($forwards_seconds)) as until_ns
  from work.wire_transactions
),
nested as (
  select
    b.client_id,
    count(*) filter (where a.until_ns >= b.asked_ns and a.client_id <> b.client_id and a.server_id <> b.server_id)
    / count(*) as share
  from asked as b
  -- transactions are numbered in the order of their times
  asof left join asked as a
    on a.qname_id = b.qname_id and a.qtype = b.qtype and a.transaction_id < b.transaction_id
  group by b.client_id
)
select distinct answer_first_src_id as address_id
from work.wire_transactions
where answer_first_src_id is not null and answer_first_src_id <> server_id
union
select distinct last_dst_id
from work.wire_transactions
where last_dst_id <> server_id
union
select distinct server_id
from work.wire_transactions
where state = 'answered'
union
select client_id
from nested
where share >= $forwarder_share
