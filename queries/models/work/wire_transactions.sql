-- ---
-- title: Transactions as the wire shows them
-- description: >
--   One row a query a client sent once, with its response if any, judged by what the captures can see and by nothing else.
--   An answer counts as delivered when it was seen on the client's own leg; where a capture has never shown an answer
--   on such legs, or the captures that saw the query end before a slow answer could have come, the state is unknown.
-- from: [temp.sendings, temp.unheard, work.visibility, raw.sources]
-- materialized: table
-- ---
with ordered as (
  select key, attempt, row_number() over (order by asked_ns, key, attempt) as transaction_id
  from temp.sendings
),
last_attempts as (
  select key, max(attempt) as attempt from temp.sendings where attempt > 1 group by key
),
seen as (
  select
    source_id,
    server_id,
    sum(answered) as answered,
    sum(query_seen_further) >= $seen_share * sum(answered) and sum(answered) > 0 as sees_query_further,
    sum(answer_seen_before) >= $seen_share * sum(answered) and sum(answered) > 0 as sees_answer_before
  from work.visibility
  group by source_id, server_id
),
-- a server that never answered is judged by what the capture sees of the others
seen_overall as (
  select
    source_id,
    sum(answered) > 0 as sees_answers,
    sum(query_seen_further) >= $seen_share * sum(answered) and sum(answered) > 0 as sees_query_further,
    sum(answer_seen_before) >= $seen_share * sum(answered) and sum(answered) > 0 as sees_answer_before
  from work.visibility
  group by source_id
),
-- an answer may come this late; a query nearer to the end of what was captured where it was seen proves nothing
horizon as (
  select greatest(2e9, coalesce(quantile_disc(answered_ns - asked_ns, 0.999), 0))::BIGINT as ns
  from temp.sendings
  where answered_ns >= asked_ns
),
-- addresses that answer themselves
real_servers as (
  select distinct answer_first_src_id as server_id from temp.sendings where answer_first_src_id is not null and qname_id is not null
),
judged as (
  select
    i.transaction_id,
    s.* exclude (interface_id, answer_source_id, watched_until_ns),
    case
      when s.last_dst_id <> s.server_id then s.last_dst_id
      when s.answer_first_src_id is not null then s.answer_first_src_id
      when r.server_id is not null then s.server_id
    end as backend_id,
    coalesce(s.attempt < l.attempt, false) as sent_again,
    coalesce(s.answer_src_id = s.server_id, false)
    and coalesce(
      s.last_dst_id <> s.server_id
      or s.answer_hop_min < s.answer_hop_max
      or not (s.query_hop_min < s.query_hop_max and coalesce(v.sees_answer_before, o.sees_answer_before)),
      false
    ) as delivered,
    coalesce(o.sees_answers, false) as sees_answers,
    coalesce(v.sees_query_further, o.sees_query_further, false) as sees_query_further,
    coalesce(v.sees_answer_before, o.sees_answer_before, false) as sees_answer_before,
    s.last_dst_id <> s.server_id or s.query_hop_min < s.query_hop_max as query_seen_further,
    s.answer_src_id is not null
    and (s.answer_first_src_id <> s.server_id or s.answer_hop_min < s.answer_hop_max or s.last_dst_id <> s.server_id) as answer_seen_before,
    coalesce(s.asked_ns + h.ns > s.watched_until_ns, true) as near_end,
    u.key is not null as unheard,
    c.time_base is distinct from 'order' as timed
  from temp.sendings as s
  inner join ordered as i on i.key = s.key and i.attempt = s.attempt
  left join last_attempts as l on l.key = s.key
  left join raw.sources as c on c.source_id = s.source_id
  cross join horizon as h
  left join seen as v on v.source_id = s.source_id and v.server_id = s.server_id and v.answered > 0
  left join seen_overall as o on o.source_id = s.source_id
  left join temp.unheard as u on u.key = s.key and u.attempt = s.attempt
  left join real_servers as r on r.server_id = s.server_id
  -- what asked no question is no query
  where s.qname_id is not null
)
select
  * exclude (
    sees_answers, sees_query_further, sees_answer_before, near_end, sent_again, unheard, delivered, query_seen_further, answer_seen_before,
    query_hop_min, query_hop_max, answer_hop_min, answer_hop_max
  ),
  case
    when delivered or (answer_src_id is not null and not sees_answers) then 'answered'
    when not sees_answers then 'unknown'
    when near_end and not sent_again then 'unknown'
    when unheard then 'unknown'
    else 'unanswered'
  end as state,
  case
    when answer_src_id is not null or query_seen_further then true
    when sees_query_further then false
  end as query_reached_server,
  case
    when delivered or answer_src_id is not null then true
    when sees_answer_before and not (near_end and not sent_again) then false
  end as response_left_server
from judged
