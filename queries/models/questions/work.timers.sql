-- ---
-- title: How long each client's resolver waits
-- description: One row per client; the seconds its resolver waits for an answer before it asks again, from its own
--   retries.
-- from: [work.question_attempts, work.wire_transactions]
-- materialized: table
-- key: [client_id]
-- ---
with waits as (
  select t.client_id, round(a.gap_seconds, 1) as seconds, count(*) as retries
  from work.question_attempts as a
  inner join work.wire_transactions as t on t.transaction_id = a.transaction_id
  where a.gap_seconds >= $timer_seconds and coalesce(a.after_error_seconds >= $timer_seconds, true)
  group by all
)
select client_id, sum(retries)::BIGINT as retries, arg_max(seconds, (retries, -seconds)) as seconds
from waits
group by client_id
