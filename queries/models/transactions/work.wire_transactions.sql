-- ---
-- title: Transactions as the wire shows them
-- description: >
--   One row per query a client sent once, with its response if any, judged by what the captures can see and by nothing
--   else. An answer counts as delivered when it was seen on the client's own leg; where a capture has never shown an
--   answer on such legs, or the captures that saw the query end before a slow answer could have come, the state is
--   unknown.
-- from: [temp.sendings, temp.undelivered, temp.unheard, work.visibility, work.loss_places, work.captures,
--   work.source_ranks, raw.sources]
-- materialized: table
-- key: [transaction_id]
-- ---
with ordered as (
  -- the row decides in one frame only, where it is the place in it
  select s.key, s.attempt, row_number() over (order by s.asked_ns, r.source_rank, s.frame, s.message) as transaction_id
  from temp.sendings as s
  inner join work.source_ranks as r on r.source_id = s.source_id
),
last_attempts as (
  select key, max(attempt) as attempt from temp.sendings where attempt > 1 group by key
),
-- a server that never answered is judged by what the capture sees of the others
seen as (
  select capture_id, sum(answered) > 0 as sees_answers
  from work.visibility
  group by capture_id
),
-- an answer that anybody waits for may come this late; a query nearer to the end of what was captured where it was seen
-- proves nothing
horizon as (
  select
    least(
      greatest(2e9, coalesce(quantile_disc(answered_ns - asked_ns, 0.999), 0)),
      work.ns($wait_seconds)
    )::BIGINT as ns
  from temp.sendings
  where answered_ns >= asked_ns
),
-- addresses that answer themselves
real_servers as (
  select distinct answer_first_src_id as server_id
  from temp.sendings
  where answer_first_src_id is not null and qname_id is not null
),
-- where a capture misses frames, no leg that is missing tells of a loss
placed as (
  select p.*
  from work.loss_places as p
  left join temp.unheard as g on g.key = p.key and g.attempt = p.attempt
  left join temp.undelivered as u on u.key = p.key and u.attempt = p.attempt
  where g.key is null or u.answer_src_id is not null
),
judged as (
  select
    ordered.transaction_id,
    sendings.* exclude (interface_id, answer_source_id, message),
    case
      when sendings.last_dst_id <> sendings.server_id then sendings.last_dst_id
      when sendings.answer_first_src_id is not null then sendings.answer_first_src_id
      when real_servers.server_id is not null then sendings.server_id
    end as backend_id,
    coalesce(sendings.attempt < last_attempts.attempt, false) as sent_again,
    undelivered.key is null or coalesce(placed.delivered, false) as delivered,
    coalesce(undelivered.from_other, false) as from_other,
    placed.reached,
    placed.beside_server,
    placed.last_seen,
    placed.missing_at,
    placed.lost_at,
    coalesce(seen.sees_answers, false) as sees_answers,
    coalesce(sendings.asked_ns + horizon.ns > sendings.watched_until_ns, true) as near_end,
    unheard.key is not null as unheard,
    sources.time_base is distinct from 'order' as timed
  from temp.sendings
  inner join ordered on ordered.key = sendings.key and ordered.attempt = sendings.attempt
  left join last_attempts on last_attempts.key = sendings.key
  left join raw.sources on sources.source_id = sendings.source_id
  cross join horizon
  left join temp.undelivered on undelivered.key = sendings.key and undelivered.attempt = sendings.attempt
  left join temp.unheard on unheard.key = sendings.key and unheard.attempt = sendings.attempt
  left join placed on placed.key = sendings.key and placed.attempt = sendings.attempt
  left join work.captures on captures.source_id = sendings.source_id
  left join seen on seen.capture_id = captures.capture_id
  left join real_servers on real_servers.server_id = sendings.server_id
  -- what asked no question is no query
  where sendings.qname_id is not null
)
select
  * exclude (
    sees_answers, near_end, sent_again, unheard, delivered, reached, beside_server, last_seen, missing_at, lost_at,
    query_hop_min, query_hop_max, answer_hop_min, answer_hop_max, direction, answer_interface_id, answer_direction
  ),
  -- still waited for when the capture ended, which shows the answers of others
  coalesce(near_end and sees_answers and not sent_again and not delivered and not unheard, false) as open_at_end,
  case
    when delivered then 'answered'
    when unheard then 'unknown'
    -- a leg that shows no answers says nothing of this one, but a client that asks again with the same id has not got
    -- it
    when answer_src_id is not null and sent_again then 'unanswered'
    when not sees_answers then 'unknown'
    when near_end and not sent_again then 'unknown'
    else 'unanswered'
  end as state,
  case when answer_src_id is not null then true else reached end as query_reached_server,
  case
    when answer_src_id is not null then true
    when near_end and not sent_again then null
    -- the leg beside the server would have shown one
    when not reached or beside_server then false
  end as response_left_server,
  case when answer_src_id is null then last_seen end as query_last_seen,
  case when answer_src_id is null then missing_at end as query_missing_at,
  case when not delivered and answer_src_id is not null then last_seen end as response_last_seen,
  case when not delivered and answer_src_id is not null then missing_at end as response_missing_at,
  case when not delivered then lost_at end as lost_at
from judged
