-- ---
-- title: What forwarders asked their upstreams
-- description: >
--   One row per query that a forwarder (CoreDNS, NodeLocal) sent to a server that is none itself, with the zone of its
--   name, and whether no answer came (missed): none at all, or none yet as the evidence ends though a forwarder waits
--   no longer. An answer that was seen on its way and never reached the forwarder (reply_lost) is no silence of the
--   upstream.
-- from: [work.judged_transactions, work.name_ids]
-- materialized: table
-- key: [transaction_id]
-- ---
with asking as (
  select distinct client_id from work.judged_transactions where from_forwarder
)
select
  t.transaction_id,
  t.client_id as forwarder_id,
  t.server_id as upstream_id,
  t.qname_id,
  t.qtype,
  t.asked_ns,
  t.state,
  t.rcode,
  coalesce(t.response_left_server, false) and t.state = 'unanswered' as reply_lost,
  not reply_lost
  and coalesce(
    t.state = 'unanswered' or t.open_at_end and t.asked_ns <= t.watched_until_ns - work.ns($upstream_try_seconds), false
  ) as missed,
  case when t.state = 'answered' and t.timed then (t.answered_ns - t.asked_ns) / 1e9 end as seconds,
  work.zone_of(n.name) as zone,
  t.copies,
  t.source_id,
  t.frame
from work.judged_transactions as t
inner join work.name_ids as n on n.raw_id = t.qname_id
where t.from_forwarder
  and t.backend_id is distinct from t.client_id
  and coalesce(t.backend_id, t.server_id) not in (select a.client_id from asking as a)
  and t.server_id not in (
    select j.server_id from work.judged_transactions as j
    inner join asking as k on k.client_id = j.answer_first_src_id
  )
