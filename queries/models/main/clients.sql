-- ---
-- title: Clients
-- description: One row an address that asked.
-- from: [client_facts]
-- materialized: view
-- ---
select * exclude (client_id) from client_facts
