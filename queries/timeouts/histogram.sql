-- ---
-- title: Histogram of retry gaps
-- description: >
--   One row per length of gap (in steps of $step_seconds) and resolver: how many attempts came so long after the one
--   before. Peaks at 5.0 and 2.5 s are resolvers that waited in vain, at 2.0 s forwarders that did. Forwarders are a
--   resolver of their own here.
-- kind: chart
-- requires: [questions]
-- params:
--   step_seconds: {type: number, default: 0.5, description: width of a bar; seconds}
-- columns:
--   gap_seconds: middle of the bar, so that 5.0 stands for gaps of about 5 s; seconds
--   resolver: which resolver the client seems to be; unknown when it cannot be told
--   retries: attempts that came after such a gap
--   clients: clients that made them
-- chart: 
--   mark: bar
--   x: gap_seconds
--   step: step_seconds
--   y: retries
--   panel: resolver
--   at: {2: '2 s, forwarders', 2.5: '2.5 s, musl', 5: '5 s, glibc and Go'}
-- ---
select
  round(r.gap_seconds / greatest($step_seconds::double, 0.01)) * greatest($step_seconds::double, 0.01) as gap_seconds,
  coalesce(c.resolver, 'unknown') as resolver,
  count(*) as retries,
  count(distinct q.client) as clients
from retries as r
inner join narrowed.questions as q on q.question_id = r.question_id
left join clients as c on c.client = q.client
where r.after <> 'answered already'
group by 1, 2
order by 1, 2
