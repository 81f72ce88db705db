-- ---
-- title: Keys that were sent more than once
-- description: >
--   One row a message key whose queries cannot all be copies of one packet: they lie further apart than copies do,
--   or carry different IP ids. Only these keys are sorted; all others are one transaction each.
-- from: [raw.messages]
-- materialized: table
-- ---
select key
from raw.messages
where flags < 32768
group by key
having
  max(epoch_ns(time)) - min(epoch_ns(time)) > 200000000
  or min(case when protocol = 0 then nullif(ip_id, 0) end) <> max(case when protocol = 0 then nullif(ip_id, 0) end)
