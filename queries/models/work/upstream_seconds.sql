-- ---
-- title: Packets towards upstreams, second by second
-- description: One row a capture and second, with the queries sent to upstreams and how many stayed unanswered.
-- from: [work.upstream_queries]
-- materialized: table
-- ---
select source_id, asked_ns // 1000000000 as second, count(*) as sent, count(*) filter (where state <> 'answered') as lost
from work.upstream_queries
group by source_id, second
