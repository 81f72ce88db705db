-- ---
-- title: Counters of nodes and servers
-- description: One row per reading of a counter that is not of conntrack, of network cards, protocols, sockets, and of
--   CoreDNS itself.
-- from: [raw.counters]
-- materialized: view
-- ---
select * from raw.counters
