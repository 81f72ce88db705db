-- ---
-- title: Queries whose answer a capture with holes may have missed
-- description: >
--   One row per query whose answer was not seen to arrive, seen by a capture that misses frames, that its client never
--   sent again, though resolvers do when no answer comes: with the same id, or with another after a whole number of
--   seconds. That tells nothing of a name that is asked for all the time, nor of a client that asks again so for what
--   was answered, as programs do that look up once a second, or so often that ids meet by chance; nor where it asks
--   before the answer leaves the server, or at once after an error. Where no answer is seen it came, most likely, and
--   its frame is one of those that are missing.
-- from: [temp.sendings, temp.undelivered, work.captures, work.capture_holes]
-- materialized: table
-- key: [key, attempt]
-- ---
with candidates as (
  select n.key, n.attempt, u.client_id
  from temp.undelivered as n
  inner join temp.sendings as u on u.key = n.key and u.attempt = n.attempt
  inner join work.captures as c on c.source_id = u.source_id
  inner join work.capture_holes as h on h.capture_id = c.capture_id
),
askings as (
  select
    *,
    asked_ns // work.ns($longest_timer_seconds) as spell,
    (key, attempt) in (select n.key, n.attempt from temp.undelivered as n) as undelivered,
    -- what is asked again before that is for want of an answer in time, and tells nothing of one that comes later; an
    -- error that comes has resolvers ask again at once
    greatest(asked_ns, coalesce(answer_first_ns, 0)) + if(work.is_error(rcode), work.ns($timer_seconds), 0) as due_ns,
    count(*) over (
      partition by client_id, qname_id, qtype order by asked_ns
      range between work.ns($timer_seconds) following and work.ns($longest_timer_seconds) following
    ) as later,
    count(*) over (
      partition by client_id, qname_id, qtype order by asked_ns
      range between current row and work.ns($retry_span_seconds) following
    ) as in_span
  from temp.sendings
  where qname_id is not null and client_id in (select c.client_id from candidates as c)
),
-- spells keep each from meeting all others of its name
after_whole_seconds as (
  select distinct u.key, u.attempt
  from (select *, unnest([spell, spell + 1]) as of_spell from askings where later between 1 and $quiet_repeats) as u
  inner join askings as r
    on r.client_id = u.client_id and r.qname_id = u.qname_id and r.qtype = u.qtype and r.spell = u.of_spell
  where r.txid <> u.txid
    and r.asked_ns > u.due_ns
    and r.asked_ns - u.asked_ns between work.ns($timer_seconds) and work.ns($longest_timer_seconds)
    and (r.asked_ns - u.asked_ns + work.ns($order_slack_seconds)) % work.ns(1)
    < work.ns($quiet_jitter_seconds + $order_slack_seconds)
),
by_habit as (
  select a.client_id
  from askings as a
  left join after_whole_seconds as w on w.key = a.key and w.attempt = a.attempt
  where not a.undelivered
  group by a.client_id
  having count(w.key) >= $habit_share * count(*)
),
asked_again as (
  select u.key, u.attempt
  from askings as u
  inner join askings as r
    on r.client_id = u.client_id and r.qname_id = u.qname_id and r.qtype = u.qtype and r.txid = u.txid
  where u.undelivered
    and u.in_span <= $id_repeats
    and r.asked_ns > u.due_ns
    and r.asked_ns < u.asked_ns + work.ns($retry_span_seconds)
  union all
  select w.key, w.attempt
  from after_whole_seconds as w
  inner join candidates as c on c.key = w.key and c.attempt = w.attempt
  where c.client_id not in (select h.client_id from by_habit as h)
)
select key, attempt
from candidates
where (key, attempt) not in (select a.key, a.attempt from asked_again as a)
