-- ---
-- title: A/AAAA twins that lost a half
-- description: >
--   One row per pair of A and AAAA queries of which one was answered and the other was not; the first first.
--   Pairs that lost both are in race/clients. Forwarders' own queries are left out.
-- kind: check
-- severity: high
-- requires: [twins]
-- narrow: [asked_at, client, qname, lost, waited_seconds, lookup_id]
-- columns:
--   asked_at: when the pair was asked
--   client: address of the client
--   client_name: its namespace and pod, or node; null when not known
--   resolver: which resolver the client seems to be
--   client_port: its port, of the A query
--   qname: the name asked
--   lost: which half was not answered, A or AAAA
--   one_socket: whether both halves left from one socket
--   apart_seconds: from the A query to the AAAA query; seconds
--   retried_after_seconds: until the lost half was asked again; null when it never was; seconds
--   waited_seconds: how long the pair kept the client waiting; seconds
--   query_reached_server: whether the lost query was seen to reach the server; null when this evidence cannot see it
--   response_left_server: whether its answer was seen to leave the server; null when this evidence cannot see it
--   lookup_id: the lookup that it belongs to; see dnslens explain
--   source_id: the capture of the lost query
--   frame: its frame there
-- ---
with lost as (
  select
    *,
    case when lost = 'A' then a_question_id else aaaa_question_id end as lost_question_id
  from narrowed.twins
  where lost_half
)
select
  w.asked_at,
  w.client,
  c.client_name,
  c.resolver,
  w.client_port,
  w.qname,
  w.lost,
  w.one_socket,
  w.apart_seconds,
  w.retried_after_seconds,
  w.waited_seconds,
  t.query_reached_server,
  t.response_left_server,
  w.lookup_id,
  t.source_id,
  t.frame
from lost as w
left join clients as c on c.client = w.client
left join transactions as t on t.question_id = w.lost_question_id and t.attempt = 1
where coalesce(c.is_forwarder, false) = false
order by w.asked_at, w.client, w.client_port
