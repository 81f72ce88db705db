-- ---
-- title: Connections of encrypted DNS
-- description: >
--   One row per connection to a server of DNS over TLS, HTTPS or QUIC, as the first place of a capture that saw it: how
--   long TCP and TLS took. What was asked in it is not seen.
-- from: [raw.encrypted_sessions, raw.texts, work.address_ids]
-- materialized: view
-- ---
select
  s.source_id,
  s.frame,
  s.time,
  i.text as interface,
  s.protocol,
  client.address as client,
  s.client_port,
  server.address as server,
  s.server_port,
  s.server_name,
  s.attempts,
  s.connect_seconds,
  s.handshake_seconds,
  s.asked_handshake,
  s.was_reset
from raw.encrypted_sessions as s
inner join work.address_ids as client on client.raw_id = s.client_id
inner join work.address_ids as server on server.raw_id = s.server_id
left join raw.texts as i on i.text_id = s.interface_id
