-- ---
-- title: Copies folded
-- description: >
--   One row a query that was sent once, with the rows of its copies and of its answer's that lie nearest to the client. Rank orders legs from the
--   client's side: a query's hop limit falls, and a response's rises, the nearer to the client it was seen; then the capture, then the time decide.
-- from: [raw.messages, work.attempts, work.translated_keys, work.captures, work.source_ranks]
-- materialized: table
-- ---
with legs as (
  select
    coalesce(t.original_key, m.key) as key,
    coalesce(a.attempt, 1) as attempt,
    not work.is_response(m.flags) as is_query,
    m.rowid as message,
    epoch_ns(m.time) as ns,
    m.src_id::BIGINT as src_id,
    m.dst_id::BIGINT as dst_id,
    m.hop_limit,
    -- a BIGINT of 8 bits, 12 bits and 44 bits of microseconds: other types are ranked many times slower
    ((case when not work.is_response(m.flags) then 127 - m.hop_limit::BIGINT else m.hop_limit::BIGINT - 128 end) * 72057594037927936)
    + ((r.source_rank & 4095) * 17592186044416)
    + case
      -- without hop limits the answer seen last is the nearest to the client
      when work.is_response(m.flags) and m.hop_limit = 0 then 17592186044415 - (epoch_ns(m.time) - start.ns) // 1000
      else (epoch_ns(m.time) - start.ns) // 1000
    end as leg,
    e.until_ns
  from raw.messages as m
  cross join (select min(epoch_ns(time)) as ns from raw.messages) as start
  left join work.attempts as a on a.message = m.rowid
  left join work.translated_keys as t on t.key = m.key
  inner join work.source_ranks as r on r.source_id = m.source_id
  left join work.captures as e on e.source_id = m.source_id
)
select
  key,
  attempt,
  arg_min(message, leg) filter (where is_query) as query,
  arg_max(dst_id, leg) filter (where is_query) as last_dst_id,
  min(hop_limit) filter (where is_query) as query_hop_min,
  (count(*) filter (where is_query))::INTEGER as copies,
  max(until_ns) filter (where is_query) as watched_until_ns,
  arg_min(message, leg) filter (where not is_query) as answer,
  arg_max(src_id, leg) filter (where not is_query) as first_src_id,
  min(ns) filter (where not is_query) as answer_first_ns,
  max(hop_limit) filter (where not is_query) as answer_hop_max,
  (count(*) filter (where not is_query))::INTEGER as answer_copies
from legs
group by key, attempt
having count(*) filter (where is_query) > 0
