-- ---
-- title: Copies folded
-- description: >
--   One row a query that was sent once, with the rows of its copies and of its answer's that lie nearest to the client. Rank orders legs from the
--   client's side: a query's hop limit falls, and a response's rises, the nearer to the client it was seen; then the capture, then the time decide.
-- from: [raw.messages, work.attempts, work.translated_keys]
-- materialized: table
-- ---
with legs as (
  select
    coalesce(t.original_key, m.key) as key,
    coalesce(a.attempt, 1) as attempt,
    m.flags >= 32768 as is_response,
    m.rowid as message,
    epoch_ns(m.time) as ns,
    m.src_id,
    m.dst_id,
    ((case when m.flags >= 32768 then m.hop_limit else 255 - m.hop_limit end)::UBIGINT << 56)
    + ((m.source_id & 4095)::UBIGINT << 44)
    + (case
      -- without hop limits the answer seen last is the nearest to the client
      when m.flags >= 32768 and m.hop_limit = 0 then 17592186044415 - (epoch_ns(m.time) - start.ns) // 1000
      else (epoch_ns(m.time) - start.ns) // 1000
    end)::UBIGINT as leg
  from raw.messages as m
  cross join (select min(epoch_ns(time)) as ns from raw.messages) as start
  left join work.attempts as a on a.message = m.rowid
  left join work.translated_keys as t on t.key = m.key
)
select
  key,
  attempt,
  arg_min(message, leg) filter (where not is_response) as query,
  arg_max(dst_id, leg) filter (where not is_response) as last_dst_id,
  max(leg) filter (where not is_response) as last_leg,
  (count(*) filter (where not is_response))::INTEGER as copies,
  arg_min(message, leg) filter (where is_response) as answer,
  arg_max(src_id, leg) filter (where is_response) as first_src_id,
  min(ns) filter (where is_response) as answer_first_ns,
  max(leg) filter (where is_response) as first_leg,
  (count(*) filter (where is_response))::INTEGER as answer_copies
from legs
group by key, attempt
having count(*) filter (where not is_response) > 0
