-- ---
-- title: Lost halves by client and socket style
-- description: >
--   One row per client and socket style: how many of its A/AAAA twins lost a half, and what it waited; the most lost
--   first. A client has two rows when it asks from one socket and from two (glibc does after a time-out). Forwarders'
--   own queries are left out.
-- kind: table
-- requires: [twins]
-- narrow: [client, workload, resolver, twins, lost_halves, lost_half_share]
-- columns:
--   client: address of the client
--   client_name: its namespace and pod, or node; null when not known
--   workload: the workload that the pod belongs to
--   resolver: which resolver it seems to be
--   one_socket: whether both halves left from one socket
--   twins: pairs asked
--   judged: pairs of which this evidence can tell for both halves whether they were answered
--   lost_halves: pairs that lost one half
--   lost_both: pairs that lost both halves
--   lost_half_share: pairs that lost one half among those judged
--   median_waited_seconds: median wait of a pair that lost a half; seconds
--   longest_waited_seconds: longest wait of a pair that lost a half; seconds
--   first_lost_at: when the first pair that lost a half was asked
--   last_lost_at: when the last pair that lost a half was asked
-- chart: {mark: bar, x: client, y: lost_halves, label: [lost_halves, twins, client_name]}
-- ---
with sums as (
  select
    client, one_socket,
    count(*) as twins,
    count(*) filter (where judged) as judged,
    count(*) filter (where lost_half) as lost_halves,
    count(*) filter (where lost = 'both') as lost_both,
    approx_percentile(case when lost_half then waited_seconds end, 0.5) as median_waited_seconds,
    max(waited_seconds) filter (where lost_half) as longest_waited_seconds,
    min(asked_at) filter (where lost_half) as first_lost_at,
    max(asked_at) filter (where lost_half) as last_lost_at
  from narrowed.twins
  group by client, one_socket
)
select
  s.client,
  c.client_name,
  c.workload,
  c.resolver,
  s.one_socket,
  s.twins,
  s.judged,
  s.lost_halves,
  s.lost_both,
  cast(s.lost_halves as double) / nullif(s.judged, 0) as lost_half_share,
  s.median_waited_seconds,
  s.longest_waited_seconds,
  s.first_lost_at,
  s.last_lost_at
from sums as s
left join clients as c on c.client = s.client
where coalesce(c.is_forwarder, false) = false
order by s.lost_halves desc, s.twins desc, s.client, s.one_socket
