-- ---
-- title: Names that the Corefile's log rules do not log in full
-- description: >
--   One row per name that was asked for, and that a Corefile logs only in part: which classes of answers are written
--   (plugin/log: success, denial, error). The block with the longest zone serves a name, and the first of its rules
--   whose names fit decides. A Corefile that logs nothing is of no server whose log there is.
-- from: [raw.corefiles, work.name_ids, work.wire_transactions]
-- materialized: table
-- key: [name_id]
-- ---
with rules as (
  select
    source_id,
    origin,
    block,
    port,
    line,
    -- the last word may be a format; builds of 2017 name a file first
    list_filter(from_json(arguments, '["VARCHAR"]'), lambda word: not contains(word, '{') and word <> 'stdout')
      as scopes,
    flatten(
      list_transform(
        list_filter(from_json(options, '[["VARCHAR"]]'), lambda words: words[1] = 'class'), lambda words: words[2:]
      )
    ) as classes
  from raw.corefiles
  where plugin = 'log'
),
servers as (
  select
    c.source_id,
    c.origin,
    c.block,
    c.port,
    bool_or(c.plugin = 'log') as logs,
    any_value(from_json(c.zones, '["VARCHAR"]')) as zones
  from raw.corefiles as c
  where (c.source_id, c.origin) in (select (r.source_id, r.origin) from rules as r)
  group by c.source_id, c.origin, c.block, c.port
),
zones as (
  select
    source_id,
    origin,
    block,
    port,
    rtrim(lower(unnest(case when len(zones) = 0 then ['.'] else zones end)), '.') as zone
  from servers
  -- where all of every block is logged there is nothing to ask of names
  where exists (from rules as r where len(r.scopes) > 0 or len(r.classes) > 0)
    or exists (from servers as s where not s.logs)
),
asked as (
  select n.name_id, n.name
  from work.name_ids as n
  where n.raw_id = n.name_id and n.name_id in (select t.qname_id from work.wire_transactions as t)
),
served as (
  select a.name_id, any_value(a.name) as name, z.source_id, z.origin, z.port, arg_max(z.block, length(z.zone)) as block
  from asked as a
  inner join zones as z on z.zone = '' or a.name = z.zone or ends_with(a.name, '.' || z.zone)
  group by a.name_id, z.source_id, z.origin, z.port
),
scopes as (
  select
    source_id,
    origin,
    block,
    port,
    line,
    classes,
    rtrim(lower(unnest(case when len(scopes) = 0 then ['.'] else scopes end)), '.') as scope
  from rules
),
decided as (
  select s.name_id, arg_min(coalesce(r.classes, []), r.line) as classes, count(r.line) > 0 as is_logged
  from served as s
  left join scopes as r
    on r.source_id = s.source_id and r.origin = s.origin and r.block = s.block and r.port = s.port
    and (r.scope = '' or s.name = r.scope or ends_with(s.name, '.' || r.scope))
  group by s.name_id, s.source_id, s.origin, s.port
),
written as (
  select
    name_id,
    bool_and(is_logged and (len(classes) = 0 or list_has_any(classes, ['all', 'success']))) as success,
    bool_and(is_logged and (len(classes) = 0 or list_has_any(classes, ['all', 'denial']))) as denial,
    bool_and(is_logged and (len(classes) = 0 or list_has_any(classes, ['all', 'error']))) as error
  from decided
  group by name_id
)
select * from written where not (success and denial and error)
