-- ---
-- title: Addresses by id
-- description: One row an address id; ids that stand for the same address (from other runs) share one canonical id.
-- from: [raw.addresses]
-- materialized: table
-- ---
select
  address_id as raw_id,
  min(address_id) over (partition by address) as address_id,
  address
from raw.addresses
