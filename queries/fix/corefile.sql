-- ---
-- title: The plugins of the Corefile's block for all names
-- description: One row per plugin line of the server blocks for the root zone that forward, of Corefiles that bind to
--   no address as a node's cache does.
-- kind: detail
-- requires: [corefiles]
-- columns:
--   origin: the file or ConfigMap it stands in
--   line: line in it
--   plugin: the plugin
--   arguments: its arguments, as a JSON array
--   options: its own block, as a JSON array of arrays of words
-- ---
with blocks as (
  select source_id, origin, block
  from corefiles
  where zones like '%"."%'
  group by source_id, origin, block
  having count_if(plugin = 'forward' or plugin = 'proxy' or plugin = 'kubernetes') > 0 and count_if(plugin = 'bind') = 0
),
chosen as (
  select source_id, origin, block
  from blocks
  order by source_id, origin, block
  limit 1
)
select distinct c.origin, c.line, c.plugin, c.arguments, c.options
from corefiles as c
inner join chosen as f on f.source_id = c.source_id and f.origin = c.origin and f.block = c.block
order by c.origin, c.line
