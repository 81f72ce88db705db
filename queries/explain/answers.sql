-- ---
-- title: Records that a lookup was answered with
-- description: One row per record in the answer section of a response, as the copy that was seen first has it.
-- kind: detail
-- params:
--   lookup: {type: integer, default: null, description: lookup_id}
--   question: {type: integer, default: null, description: "question_id, instead of a lookup"}
-- columns:
--   transaction_id: the transaction
--   name: owner of the record
--   type: its type
--   ttl: its TTL; seconds
--   data: its data
-- ---
with copies as (
  select
    t.transaction_id,
    g.source_id,
    g.frame,
    row_number() over (partition by t.transaction_id order by g.source_id, g.frame) as turn
  from questions as q
  inner join transactions as t on t.question_id = q.question_id
  inner join legs as g on g.transaction_id = t.transaction_id
  where g.is_response and t.answers > 0
    and (q.lookup_id = $lookup::bigint or q.question_id = $question::bigint)
)
select c.transaction_id, a.name, a.type, a.ttl, a.data
from copies as c
inner join answers as a on a.source_id = c.source_id and a.frame = c.frame
where c.turn = 1 and a.section = 'answer'
order by c.transaction_id, a.position
