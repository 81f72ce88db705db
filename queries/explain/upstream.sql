-- ---
-- title: What servers asked for a lookup
-- description: >
--   One row per query of a server for the same name and type while the lookup or question waited for it, or before
--   where a kept SERVFAIL answered it. Another client may have been waiting for it too.
-- kind: detail
-- params:
--   lookup: {type: integer, default: null, description: lookup_id}
--   question: {type: integer, default: null, description: "question_id, instead of a lookup"}
-- narrow: [server, qname, asked_at, response_seconds, state, rcode]
-- columns:
--   transaction_id: the server's transaction
--   for_transaction_id: the client's transaction that waited
--   forwarder: address of the server that asked
--   forwarder_name: its name; null when not known
--   server: address that it asked
--   server_role: what that is; upstream, coredns, service, nodelocal or server
--   qname: the name asked
--   qtype: the type asked
--   asked_at: when it asked
--   answered_at: when the answer came
--   response_seconds: until then; seconds
--   state: answered, unanswered or unknown
--   rcode: of the answer
--   path: the capture
--   frame: frame of the query there
-- ---
with waiting as (
  select
    t.transaction_id, t.qname, t.qtype, t.backend,
    -- CoreDNS gives an upstream up to 6 s and keeps a SERVFAIL for 5 s: a quick one speaks of an earlier query
    case
      when t.rcode = 'SERVFAIL' and t.response_seconds < 0.1 then plus_seconds(t.asked_at, -12) else
        plus_seconds(t.asked_at, -0.001)
    end as from_time,
    coalesce(t.answered_at, plus_seconds(t.asked_at, 10)) as until_time
  from questions as q
  inner join transactions as t on t.question_id = q.question_id
  where (q.lookup_id = $lookup::bigint or q.question_id = $question::bigint) and not t.from_forwarder
),
meanwhile as (
  select
    u.transaction_id,
    u.client,
    u.server,
    u.qname,
    u.qtype,
    u.asked_at,
    u.answered_at,
    u.response_seconds,
    u.state,
    u.rcode,
    u.source_id,
    u.frame,
    max(w.transaction_id) as for_transaction_id
  from waiting as w
  inner join transactions as u
    on u.qname = w.qname and u.qtype = w.qtype and u.asked_at >= w.from_time and u.asked_at <= w.until_time
  left join servers as b on b.server = w.backend
  left join servers as f on f.server = u.client
  where u.from_forwarder
    and (w.backend is null or b.role = 'nodelocal' or u.client = w.backend or coalesce(f.role, 'server') <> 'coredns')
  group by
    u.transaction_id,
    u.client,
    u.server,
    u.qname,
    u.qtype,
    u.asked_at,
    u.answered_at,
    u.response_seconds,
    u.state,
    u.rcode,
    u.source_id,
    u.frame
)
select
  meanwhile.transaction_id,
  meanwhile.for_transaction_id,
  meanwhile.client as forwarder,
  coalesce(servers.name, clients.node) as forwarder_name,
  meanwhile.server,
  asked_server.role as server_role,
  meanwhile.qname,
  meanwhile.qtype,
  meanwhile.asked_at,
  meanwhile.answered_at,
  meanwhile.response_seconds,
  meanwhile.state,
  meanwhile.rcode,
  sources.path,
  meanwhile.frame
from meanwhile
left join servers on servers.server = meanwhile.client
left join clients on clients.client = meanwhile.client
left join servers as asked_server on asked_server.server = meanwhile.server
left join sources on sources.source_id = meanwhile.source_id
order by meanwhile.asked_at, meanwhile.transaction_id
