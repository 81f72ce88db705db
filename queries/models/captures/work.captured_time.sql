-- ---
-- title: When anything was captured
-- description: One row with the beginning of the first capture and the end of the last; null where there is none.
-- from: [work.captures]
-- materialized: view
-- key: []
-- ---
select min(from_ns) as from_ns, max(until_ns) as until_ns from work.captures
