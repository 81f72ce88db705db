-- ---
-- title: Servers of encrypted DNS
-- description: >
--   One row per server of DNS over TLS, HTTPS or QUIC and protocol: connections that clients began to it, and how long
--   TCP and the handshake of TLS or QUIC took. What was asked is encrypted; the most connections first. DNS over HTTPS
--   is told by the addresses and names of well-known resolvers alone.
-- kind: table
-- requires: [encrypted_sessions]
-- narrow: [server, clients, connections, not_connected, no_handshake, reset]
-- columns:
--   server: address of the server
--   server_name: a name that clients asked the server for by TLS; null where none was seen
--   protocol: DoT, DoH or DoQ
--   clients: clients that connected
--   connections: connections whose first packets were seen
--   sent_again: connections whose first packet was sent more than once
--   not_connected: connections of TCP whose SYN got no answer that the capture shows
--   no_handshake: connections whose client's hello got no answer that the capture shows
--   reset: connections that were reset before their handshake ended
--   median_connect_seconds: half of the connections had SYN-ACK within; seconds
--   longest_connect_seconds: the slowest; seconds
--   median_handshake_seconds: half of the handshakes had the server's hello within; seconds
--   longest_handshake_seconds: the slowest; seconds
-- ---
select
  server,
  max(server_name) as server_name,
  protocol,
  count(distinct client) as clients,
  count(*) as connections,
  count(*) filter (where attempts > 1) as sent_again,
  count(*) filter (where connect_seconds is null and not asked_handshake) as not_connected,
  count(*) filter (where asked_handshake and handshake_seconds is null) as no_handshake,
  count(*) filter (where was_reset) as reset,
  approx_percentile(connect_seconds, 0.5) as median_connect_seconds,
  max(connect_seconds) as longest_connect_seconds,
  approx_percentile(handshake_seconds, 0.5) as median_handshake_seconds,
  max(handshake_seconds) as longest_handshake_seconds
from narrowed.encrypted_sessions
group by server, protocol
order by connections desc, server, protocol
