-- ---
-- title: Which sending each repeated message belongs to
-- description: >
--   One row a message of a repeated key, with the number of the sending (from 1) that it is a copy of or an answer to.
--   A query starts a new sending when it comes more than 0.2 s after the one before, or carries another IP id: copies
--   share the IP id, whatever the clocks of two captures say, and a resolver's own retry has a new one. An answer belongs
--   to the latest sending before it that has none; a second, different answer goes back to the earlier sending that lacks one.
-- from: [raw.messages, temp.doubtful_keys]
-- materialized: table
-- ---
with of_key as (
  select
    m.rowid as message,
    m.key,
    work.is_response(m.flags) as is_response,
    epoch_ns(m.time) as ns,
    case when m.protocol = 0 then nullif(m.ip_id, 0) end as ip_id
  from raw.messages as m
  where m.time is not null and m.key in (select d.key from temp.doubtful_keys as d where d.repeated)
),
queries as (
  select
    *,
    case
      when lag(ns) over sent is null then 1
      when ip_id is not null and lag(ip_id) over sent = ip_id then 0
      when ip_id is not null and lag(ip_id) over sent <> ip_id then 1
      when ns - lag(ns) over sent > 200000000 then 1
      else 0
    end as starts
  from of_key
  where not is_response
  -- the row decides between copies of one time and id only, which are one sending
  window sent as (partition by key order by ns, ip_id, message)
),
numbered as (
  select *, sum(starts) over (partition by key order by ns, ip_id, message rows unbounded preceding) as run
  from queries
),
-- interleaved copies of two sendings are told apart by their IP ids
sendings as (
  select key, run, ip_id, ns, message, min(ns) over (partition by key, coalesce(ip_id, -run)) as first_ns
  from numbered
),
ranked as (
  select *, dense_rank() over (partition by key order by first_ns) as attempt
  from sendings
),
-- attempts are numbered in the order of their times
attempt_starts as (
  select key, attempt, min(ns) as ns
  from ranked
  group by key, attempt
),
first_starts as (
  select key, ns from attempt_starts where attempt = 1
),
-- one row a response packet: its copies share the IP id, or lie close together
responses as (
  select
    *,
    sum(case when ns - previous_ns <= 200000000 and ip_id is not distinct from previous_ip_id then 0 else 1 end)
      over (partition by key order by ns, ip_id, message rows unbounded preceding) as response
  from (
    select *, lag(ns) over got as previous_ns, lag(ip_id) over got as previous_ip_id
    from of_key
    where is_response
    window got as (partition by key order by ns, ip_id, message)
  ) as r
),
response_starts as (
  select key, response, min(ns) as ns
  from responses
  group by key, response
),
-- clocks of two interfaces may disagree by some microseconds, so that an answer may seem to come before the first sending;
-- before a later one it is a second answer to the sending before
latest as (
  select r.key, r.response, r.ns, coalesce(a.attempt, 1) as attempt
  from response_starts as r
  inner join first_starts as f on f.key = r.key and f.ns <= r.ns + 50000
  asof left join attempt_starts as a on a.key = r.key and a.ns <= r.ns
),
turns as (
  select
    *,
    row_number() over (partition by key, attempt order by ns, response) as turn,
    count(*) over (partition by key, attempt) as turns,
    lag(attempt) over (partition by key order by ns, response) as previous_attempt
  from latest
),
placed as (
  select
    key,
    response,
    case
      when turn = 1 and turns > 1 and attempt > 1 and coalesce(previous_attempt, 0) < attempt - 1 then attempt - 1
      else attempt
    end as attempt
  from turns
)
select message, key, attempt
from ranked
union all
select r.message, r.key, p.attempt
from responses as r
inner join placed as p on p.key = r.key and p.response = r.response
