-- ---
-- title: Answers that upstreams stand behind
-- description: >
--   One row; how many quick answers programs got for names outside of the cluster, on the wire and in logs. Each name
--   and type counts once in the seconds that CoreDNS may keep an answer: such answers are the chances to see that an
--   upstream is well.
-- from: [work.judged_transactions, raw.log_queries, work.name_ids, work.cluster_names]
-- materialized: table
-- key: []
-- ---
with outside as (
  select n.raw_id, n.name_id
  from work.name_ids as n
  where contains(n.name, '.') and not ends_with(n.name, '.arpa')
    and n.raw_id not in (select c.raw_id from work.cluster_names as c)
)
select
  (
    select count(distinct hash(o.name_id, t.qtype, t.asked_ns // work.ns($cached_seconds)))
    from work.judged_transactions as t
    inner join outside as o on o.raw_id = t.qname_id
    where t.state = 'answered'
      and t.timed
      and not t.from_forwarder
      and work.is_settled(t.rcode)
      and t.answered_ns - t.asked_ns < work.ns($forwarded_seconds)
  ) as on_wire,
  (
    select count(distinct hash(o.name_id, q.qtype, coalesce(epoch_ns(q.time) // work.ns($cached_seconds), 0)))
    from raw.log_queries as q
    inner join outside as o on o.raw_id = q.qname_id
    where work.is_settled(q.rcode) and q.duration_seconds < $forwarded_seconds
  ) as in_logs
