-- ---
-- title: Which sending each repeated message belongs to
-- description: >
--   One row per message of a repeated key, with the number of the sending (from 1) that it is a copy of or an answer
--   to. A query starts a new sending when it comes more than 0.2 s after the one before, or carries another IP id:
--   copies share the IP id, whatever the clocks of two captures say, and a resolver's own retry has a new one. An
--   answer belongs to the latest sending before it to the address that answers (musl asks all its servers at once); a
--   second, different answer goes back to the earlier sending that lacks one. What comes later than a good answer to
--   the same sending, and no nearer to the client, is an earlier sending's, which nobody waits for: it is of a sending
--   below 0, which has no query.
-- from: [raw.sightings, raw.packets, raw.paths, raw.shapes, temp.doubtful_keys, work.address_ids, work.capture_clocks]
-- materialized: table
-- key: [message]
-- ---
with repeated as materialized (
  select p.packet_id, p.key, p.ip_id, p.shape_id
  from raw.packets as p
  inner join temp.doubtful_keys as d on d.key = p.key and d.repeated
),
of_key as (
  select
    sightings.rowid as message,
    repeated.key,
    paths.is_response,
    epoch_ns(sightings.time) - coalesce(capture_clocks.ahead_ns, 0) as ns,
    address_ids.address_id as server_id,
    paths.hop_limit,
    case when paths.protocol = 0 then nullif(repeated.ip_id, 0) end as ip_id,
    repeated.shape_id
  from raw.sightings
  inner join repeated on repeated.packet_id = sightings.packet_id
  inner join raw.paths on paths.path_id = sightings.path_id
  inner join work.address_ids
    on address_ids.raw_id = case when paths.is_response then paths.src_id else paths.dst_id end
  left join work.capture_clocks on capture_clocks.source_id = sightings.source_id
  where sightings.time is not null
),
queries as (
  select
    *,
    case
      when lag(ns) over sent is null then 1
      when ip_id is not null and lag(ip_id) over sent = ip_id then 0
      when ip_id is not null and lag(ip_id) over sent <> ip_id then 1
      when ns - lag(ns) over sent > work.ns($copies_seconds) then 1
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
  select
    key,
    run,
    ip_id,
    ns,
    message,
    server_id,
    hop_limit,
    min(ns) over (partition by key, coalesce(ip_id, -run)) as first_ns
  from numbered
),
ranked as (
  select *, dense_rank() over (partition by key order by first_ns) as attempt
  from sendings
),
-- attempts are numbered in the order of their times
attempt_starts as (
  -- the server as the client addressed it, before any translation
  select key, attempt, min(ns) as ns, arg_min(server_id, (-hop_limit::INTEGER, ns, message)) as server_id
  from ranked
  group by key, attempt
),
first_starts as (
  select key, ns from attempt_starts where attempt = 1
),
-- one row per response packet: its copies share the IP id, or lie close together
responses as (
  select
    *,
    sum(
      case
        when ns - previous_ns <= work.ns($copies_seconds) and ip_id is not distinct from previous_ip_id then 0 else 1
      end
    )
      over (partition by key order by ns, ip_id, message rows unbounded preceding) as response
  from (
    select *, lag(ns) over got as previous_ns, lag(ip_id) over got as previous_ip_id
    from of_key
    where is_response
    window got as (partition by key order by ns, ip_id, message)
  ) as r
),
response_starts as (
  select
    key,
    response,
    min(ns) as ns,
    arg_min(server_id, (hop_limit, -ns, -message)) as server_id,
    min(hop_limit) as hop_limit,
    min(shape_id) as shape_id
  from responses
  group by key, response
),
-- clocks of two interfaces may disagree by some microseconds, so that an answer may seem to come before the first
-- sending; before a later one it is a second answer to the sending before
latest as (
  select r.key, r.response, r.ns, r.server_id, coalesce(a.attempt, 1) as attempt
  from response_starts as r
  inner join first_starts as f on f.key = r.key and f.ns <= r.ns + work.ns($interface_clock_seconds)
  asof left join attempt_starts as a on a.key = r.key and a.ns <= r.ns
),
-- the latest sending to the address that answers, where there is one
addressed as (
  select r.key, r.response, r.ns, coalesce(a.attempt, r.attempt) as attempt, a.attempt is not null as by_address
  from latest as r
  asof left join attempt_starts as a on a.key = r.key and a.server_id = r.server_id and a.ns <= r.ns
),
turns as (
  select
    *,
    row_number() over (partition by key, attempt order by ns, response) as turn,
    count(*) over (partition by key, attempt) as turns,
    lag(attempt) over (partition by key order by ns, response) as previous_attempt
  from addressed
),
-- the sending to the same address before this one
earlier as (
  select key, attempt, lag(attempt) over (partition by key, server_id order by attempt) as same_server
  from attempt_starts
),
placed as (
  select
    t.key,
    t.response,
    case when t.by_address then e.same_server when t.attempt > 1 then t.attempt - 1 end as before,
    case
      when t.turn = 1 and t.turns > 1 and coalesce(t.previous_attempt, 0) < before then before
      else t.attempt
    end as attempt
  from turns as t
  inner join earlier as e on e.key = t.key and e.attempt = t.attempt
),
-- how near to the client a good answer to the same sending came before, if one did
after_answers as (
  select
    p.*,
    r.hop_limit,
    min(case when not work.is_error(h.rcode) then r.hop_limit end)
      over (
        partition by p.key, p.attempt
        order by r.ns
        range between unbounded preceding and work.ns($copies_seconds) preceding
      ) as answer_hop_limit
  from placed as p
  inner join response_starts as r on r.key = p.key and r.response = p.response
  left join raw.shapes as h on h.shape_id = r.shape_id
)
select message, key, attempt
from ranked
union all
select r.message, r.key, case when p.answer_hop_limit <= p.hop_limit then -p.response else p.attempt end as attempt
from responses as r
inner join after_answers as p on p.key = r.key and p.response = r.response
