-- ---
-- title: Sources
-- description: One row an input that was read.
-- from: [raw.sources]
-- materialized: view
-- ---
select *, kind in ('pcap', 'pcapng', 'tcpdump-text', 'tshark') as is_capture
from raw.sources
