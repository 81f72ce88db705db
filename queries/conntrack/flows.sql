-- ---
-- title: Conntrack's DNS flows by server
-- description: >
--   One row per destination and the server that conntrack chose for it, of flows to port 53 in conntrack -L or -E: how
--   many got no reply. Many unreplied ones towards one server point to it; unreplied ones without a translation never
--   had a server.
-- kind: table
-- requires: [conntrack_flows]
-- narrow: [destination, backend, flows, unreplied, unreplied_share, clients]
-- columns:
--   destination: address that clients sent to
--   backend: address that the reply is expected from
--   protocol: udp or tcp
--   flows: flows
--   unreplied: of these, without a reply
--   unreplied_share: unreplied of flows
--   clients: distinct clients
--   first_at: first line with a time, UTC
--   last_at: last line with a time, UTC
-- ---
select
  dst as destination,
  reply_src as backend,
  protocol,
  count(*) as flows,
  count_if(unreplied) as unreplied,
  cast(count_if(unreplied) as double) / count(*) as unreplied_share,
  count(distinct src) as clients,
  min(time) as first_at,
  max(time) as last_at
from narrowed.conntrack_flows
where dst_port = 53
  and coalesce(event, 'new') <> 'destroy'
group by dst, reply_src, protocol
order by unreplied desc, flows desc, destination, backend
