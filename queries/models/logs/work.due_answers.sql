-- ---
-- title: Answers that a server's log should have
-- description: One row per answered transaction that the Corefile's log rules, as far as they are known, have the
--   server write down, and whether it is one with records.
-- from: [work.wire_transactions, work.log_gaps]
-- materialized: view
-- key: [transaction_id]
-- ---
select
  t.transaction_id,
  t.answer_first_src_id as server_id,
  t.asked_ns,
  t.answer_first_ns,
  t.rcode = 0 and t.answers > 0 as is_success
from work.wire_transactions as t
left join work.log_gaps as g on g.name_id = t.qname_id
where t.answer_first_src_id is not null
  and (
    g.name_id is null
    or case
      when t.rcode = 0 and t.answers > 0 then g.success
      when t.rcode = 3 then g.denial
      -- no records, or a delegation, which counts as success
      when t.rcode = 0 then g.denial and g.success
      else g.error
    end
  )
