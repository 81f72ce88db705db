-- ---
-- title: Times in which a server stood still
-- description: >
--   One row per server and time of $silent_seconds or more in which it answered nothing, and at whose end it took up
--   all at once what had come meanwhile from $silent_flows flows or more: answers that are late on the wire and that
--   its log calls quick. A server that is gone answers nothing late, and one that is short of CPU answers some of it in
--   between.
-- from: [work.timed_answers]
-- materialized: table
-- key: [server_id, from_ns]
-- ---
with between_answers as (
  select
    server_id,
    lag(answered_ns) over (partition by server_id order by answered_ns) as from_ns,
    answered_ns as until_ns
  from work.timed_answers
),
silences as (
  select * from between_answers where until_ns - from_ns >= work.ns($silent_seconds)
)
select
  s.server_id,
  s.from_ns,
  s.until_ns,
  count(*) as answers
from work.timed_answers as t
asof inner join silences as s on s.server_id = t.server_id and t.answered_ns >= s.until_ns
where t.late_but_quick and t.asked_ns < s.until_ns and t.answered_ns < s.until_ns + work.ns($late_seconds)
group by s.server_id, s.from_ns, s.until_ns
having count(distinct (t.client_id, t.client_port)) >= $silent_flows
