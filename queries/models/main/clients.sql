-- ---
-- title: Clients
-- description: One row an address that asked.
-- from: [work.client_facts]
-- materialized: view
-- ---
select * exclude (client_id) from work.client_facts
