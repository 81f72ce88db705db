-- ---
-- title: What logs say of exchanges with upstreams that failed
-- description: >
--   One row per line of a log that says that an upstream failed, with the upstream and the reason where the line has
--   them, and the name that was asked for with the search suffix or else zone that it is of. is_probe: the loop
--   plugin's own query, a HINFO of two random numbers; asks_itself: the address that asked is the one asked, where
--   both are addresses and no stand-ins for them; elsewhen: all captures had ended well before, or began well after.
-- from: [raw.log_events, work.name_ids, work.foreign_names, work.captured_time]
-- materialized: table
-- key: [source_id, line]
-- ---
with failed as (
  select
    e.*,
    -- without its port
    regexp_replace(e.upstream, ':\d+$', '') as upstream_address,
    -- another server may run on another port of the same address
    regexp_extract(e.message, '(?:\s|^)(\S+):\d+->(\S+):53(?:\D|$)', ['asking', 'asked']) as ends
  from raw.log_events as e
  where e.event in ('upstream-error', 'upstream-error-repeated', 'no-healthy-upstream')
)
select
  f.source_id,
  f.line,
  f.time,
  f.upstream_address as upstream,
  coalesce(f.reason, 'no reason given') as reason,
  coalesce(f.reason = 'i/o timeout', false) as timed_out,
  f.qname_id,
  f.qtype,
  n.name,
  s.suffix,
  coalesce(s.suffix, nullif(work.zone_of(n.name), ''), n.name) as zone,
  coalesce(work.is_loop_probe(n.name, f.qtype), false) as is_probe,
  -- x.x.x.x or [REDACTED] stands for any address, so that two alike may be two
  f.ends.asking = f.ends.asked
  and regexp_full_match(
    f.ends.asking,
    '(\d{1,3}\.){3}\d{1,3}|\[?[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%\w+)?\]?'
  ) as asks_itself,
  work.is_elsewhen(f.time, c.from_ns, c.until_ns, work.ns($log_reach_seconds)) as elsewhen,
  f.count
from failed as f
cross join work.captured_time as c
left join work.name_ids as n on n.raw_id = f.qname_id
left join work.foreign_names as s on s.raw_id = f.qname_id
