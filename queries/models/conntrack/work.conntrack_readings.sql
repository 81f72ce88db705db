-- ---
-- title: Readings of conntrack counters
-- description: One row per sample, CPU and counter that was printed.
-- from: [raw.conntrack_counters]
-- materialized: view
-- key: [source_id, line, counter]
-- ---
unpivot raw.conntrack_counters
on columns(* exclude (source_id, sample, line, time, cpu))
into name counter value reading
