-- ---
-- title: The captures and logs of one side of a comparison
-- description: One row per capture or log of a server that was read, by its bytes. Configuration is often the same.
-- kind: detail
-- columns:
--   path: path of the input
--   sha256: SHA-256 of its bytes
-- ---
select path, sha256
from sources
where is_capture or kind = 'coredns-log'
order by path, sha256
