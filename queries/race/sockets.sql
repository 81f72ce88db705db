-- ---
-- title: Lost halves, one socket against two
-- description: >
--   One row per socket style and resolver: pairs that leave from one socket race to be the first packet of their flow,
--   pairs from two sockets do not. A race is likely where only the first lose. Forwarders' own queries are left out.
-- kind: table
-- requires: [twins]
-- columns:
--   one_socket: whether both halves left from one socket
--   resolver: which resolver the clients seem to be
--   clients: clients that asked so
--   twins: pairs asked
--   judged: pairs of which this evidence can tell for both halves whether they were answered
--   lost_halves: pairs that lost one half
--   lost_both: pairs that lost both halves
--   lost_half_share: pairs that lost one half among those judged
--   longest_waited_seconds: longest wait of a pair that lost a half; seconds
-- ---
select
  w.one_socket,
  c.resolver,
  count(distinct w.client) as clients,
  count(*) as twins,
  count(*) filter (where w.judged) as judged,
  count(*) filter (where w.lost_half) as lost_halves,
  count(*) filter (where w.lost = 'both') as lost_both,
  cast(count(*) filter (where w.lost_half) as double) / nullif(count(*) filter (where w.judged), 0) as lost_half_share,
  max(w.waited_seconds) filter (where w.lost_half) as longest_waited_seconds
from narrowed.twins as w
left join clients as c on c.client = w.client
where coalesce(c.is_forwarder, false) = false
group by w.one_socket, c.resolver
order by w.one_socket desc, twins desc, c.resolver
