-- ---
-- title: Lost halves over time
-- description: >
--   One row per window of time in which A/AAAA twins were asked, with how many lost a half. Forwarders' own queries are
--   left out.
-- kind: chart
-- requires: [twins]
-- params:
--   window_seconds: {type: integer, default: 10, description: length of a window; seconds}
-- columns:
--   from_time: start of the window
--   twins: pairs asked in it
--   judged: pairs of which this evidence can tell for both halves whether they were answered
--   lost_halves: pairs that lost one half
--   lost_both: pairs that lost both halves
--   lost_half_share: pairs that lost one half among those judged
-- chart: {mark: bar, x: from_time, step: window_seconds, y: [twins, lost_halves, lost_both]}
-- ---
with placed as (
  select
    lost, judged, lost_half,
    window_start(asked_at, $window_seconds::bigint) as from_time
  from narrowed.twins
  where client not in (select client from clients where is_forwarder)
)
select
  from_time,
  count(*) as twins,
  count(*) filter (where judged) as judged,
  count(*) filter (where lost_half) as lost_halves,
  count(*) filter (where lost = 'both') as lost_both,
  cast(count(*) filter (where lost_half) as double) / nullif(count(*) filter (where judged), 0) as lost_half_share
from placed
group by from_time
order by from_time
