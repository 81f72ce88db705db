-- ---
-- title: Not DNS, the program went on late
-- description: >
--   Every answer was there in time and the program asked for the next name of its walk late: its CPU limit, its event
--   loop, a cache or resolver of its own. No fault of DNS. Confirmed where the answers were seen on the client's own
--   host; likely where it is not known how far from it they were seen.
-- kind: fault
-- hits: clients
-- precedence: 115
-- params:
--   least: {default: 3, unit: lookups, description: slow lookups that it takes,
--     source: "chosen: one pause is a garbage collection"}
--   chances: {default: 10, unit: walks,
--     description: "walks, each step of which could have been late, from which on none late rules it out",
--     source: "chosen: as many as a program makes in its first seconds"}
-- change:
--   - "Look at the pod, not at DNS: CPU throttling (container_cpu_cfs_throttled_periods_total), pauses of the runtime."
--   - "Look for a blocked event loop or thread pool (Node's UV_THREADPOOL_SIZE), and for a resolver or proxy of its own
--       between."
-- collect:
--   - "tcpdump -i any -w pod.pcap 'port 53 or icmp or icmp6'   # inside the pod: kubectl debug -it POD
--       --image=nicolaka/netshoot"
--   - "kubectl top pod POD --containers; kubectl get pod POD -o yaml"
-- look: [timeouts/slow, search/walks]
-- panels: [longest answer seconds]
-- ---

-- --- signs
select
  transaction_id,
  lookup_id,
  'shown' as strength,
  format('its answer was there, and the program asked for the next name only {:.2f} s later', seconds) as reason,
  seconds as cost_seconds
from work.late_steps;

-- --- numbers
with late as (
  select
    count(*) as late_steps, count(*) filter (where own_leg) as on_own_leg, coalesce(max(seconds), 0) as longest_seconds
  from work.late_steps
),
walked as (
  select count(*) filter (where l.steps > 1 and l.timed and l.outcome <> 'unknown') as walks from work.wire_lookups as l
)
select t.*, w.walks, e.judged
from work.evidence as e cross join late as t cross join walked as w;

-- --- rules
-- late-on-the-own-leg:
--   when: blamed >= $least and on_own_leg >= $least
--   verdict: confirmed
--   say: "every answer was on the client's own leg in time, and in {blamed|lookup|lookups} the program went on up to
--     {longest_seconds:.1} s late"
-- late:
--   when: blamed >= $least
--   verdict: likely
--   say: "every answer was seen in time, and in {blamed|lookup|lookups} the program went on up to {longest_seconds:.1}
--     s late"
-- few-late:
--   when: blamed > 0
--   verdict: possible
--   say: "every answer was seen in time, and in {blamed|lookup|lookups} the program went on up to {longest_seconds:.1}
--     s late"
-- none-late:
--   when: walks >= $chances
--   verdict: ruled_out
--   say: "programs went on with their walks as soon as the answers were there, as far as slow lookups go"
-- few-walks:
--   when: judged > 0
--   verdict: no_evidence
--   say: "too few walks show how soon programs go on after an answer"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no capture shows enough answers"

-- --- findings
-- - when: blamed > 0 and on_own_leg > 0
--   say: "{on_own_leg} of {late_steps|late step|late steps} began on the client's own host"
