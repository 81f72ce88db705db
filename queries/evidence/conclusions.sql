-- ---
-- title: What can and cannot be concluded
-- description: One row per question that the evidence may answer; whether it can, why, and what to collect where it
--   cannot.
-- kind: table
-- requires: [sources]
-- columns:
--   question: what one would like to know
--   can_tell: yes, partly or no
--   because: what the answer rests on, with numbers
--   collect: what would help, where it cannot be told
-- ---
with wire as (
  select
    count(*) as transactions,
    coalesce(count_if(state = 'answered'), 0) as answered,
    coalesce(count_if(state = 'unanswered'), 0) as unanswered,
    coalesce(count_if(state = 'unknown'), 0) as unknown,
    coalesce(count_if(query_reached_server is not null), 0) as reach_known,
    coalesce(count_if(response_left_server is not null), 0) as return_known
  from transactions
),
logs as (
  select count(*) as logs, coalesce(count_if(complete), 0) as complete from log_coverage
),
log_lines as (
  select count(*) as lines, coalesce(count_if(time is null), 0) as without_time from log_queries
),
samples as (
  select count(*) as samples
  from (select distinct source_id, sample from conntrack_counters) as s
),
deltas as (
  select count(*) as intervals from conntrack_deltas where from_time is not null and to_time is not null
),
fills as (
  select count(*) as fills from conntrack_table
),
people as (
  select
    count(*) as clients,
    count(pod) as named,
    count(configured_search_list) as configured,
    count(observed_search_list) as observed
  from clients
  where not is_forwarder
),
records as (
  select count(*) as records from dns_records
),
holes as (
  select count(*) as captures, max(missing_share) as worst_share from capture_holes
),
clocks as (
  select count(both_saw) as compared, count_if(ahead_seconds <> 0e0) as off, max(abs(ahead_seconds)) as most
  from capture_clocks
),
incomplete as (
  select coalesce(count_if(not complete), 0) as incomplete, count(*) as sources from sources
)
select question, can_tell, because, collect
from (
  select
    1 as place,
    'Which queries stayed without an answer?' as question,
    case
      when w.transactions = 0 or w.answered + w.unanswered = 0 then 'no' when
        w.unknown > 0.05e0 * w.transactions
        then 'partly' else 'yes'
    end as can_tell,
    case
      when w.transactions = 0 then 'no capture holds a query'
      when w.answered + w.unanswered = 0 then 'the captures show queries only: no answer was ever seen on the way back'
      else grouped(w.answered) || ' answered, ' || grouped(w.unanswered) || ' unanswered, ' || grouped(w.unknown)
        || ' unknown (too near the end, or their answers are not visible) of ' || grouped(w.transactions)
    end as because,
    case
      when w.answered + w.unanswered = 0
        then 'a capture of both directions: tcpdump -i any -w capture.pcap ''port 53 or icmp or icmp6'''
    end as collect
  from wire as w
  union all
  select
    2,
    'Was a lost query lost on its way to the server, or its answer on the way back?',
    case
      when w.reach_known = 0 then 'no' when
        w.reach_known < w.transactions or w.return_known < w.transactions
        then 'partly' else 'yes'
    end,
    'known for '
    || grouped(w.reach_known)
    || ' (there) and '
    || grouped(w.return_known)
    || ' (back) of '
    || grouped(w.transactions)
      || ' transactions; ' || grouped(l.complete) || ' of ' || grouped(l.logs) || ' matched logs are complete',
    case
      when w.reach_known < w.transactions
        then 'the logs of all servers with the log plugin on, or a capture on each server''s node at the same time'
    end
  from wire as w
  cross join logs as l
  union all
  select
    3,
    'How long did queries take inside the servers?',
    case when n.lines = 0 then 'no' else 'yes' end,
    grouped(n.lines) || ' lines of logs, ' || grouped(n.without_time) || ' of them without a time',
    case
      when n.lines = 0
        then
          'CoreDNS''s log, with its log plugin on: '
          || 'kubectl logs -n kube-system -l k8s-app=kube-dns --tail=-1 --prefix --timestamps'
      when n.without_time > 0 then 'the logs again with --timestamps'
    end
  from log_lines as n
  union all
  select
    4,
    'Did the kernel drop packets in conntrack?',
    case when s.samples = 0 then 'no' when d.intervals = 0 then 'partly' else 'yes' end,
    case
      when s.samples = 0 then 'no counters'
      when d.intervals = 0 then 'no two samples with times: totals since boot, which cannot be tied to a time'
      else grouped(s.samples) || ' samples of the counters'
    end,
    case
      when d.intervals = 0
        then 'while sleep 1; do date; conntrack -S; done > conntrack.log on the node while it happens'
    end
  from samples as s
  cross join deltas as d
  union all
  select
    5,
    'Was the conntrack table full?',
    case when f.fills = 0 then 'no' else 'yes' end,
    grouped(f.fills) || ' samples of its size',
    case when f.fills = 0 then 'sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max' end
  from fills as f
  union all
  select
    6,
    'Which workloads are the clients?',
    case when p.named = 0 then 'no' when p.named < p.clients then 'partly' else 'yes' end,
    grouped(p.named) || ' of ' || grouped(p.clients) || ' clients have a name',
    case when p.named < p.clients then 'kubectl get pods,svc,endpointslices,nodes -A -o json' end
  from people as p
  union all
  select
    7,
    'Which search list do the clients have?',
    case when p.configured + p.observed = 0 then 'no' when p.configured < p.clients then 'partly' else 'yes' end,
    grouped(p.configured)
    || ' configured, '
    || grouped(p.observed)
    || ' inferred from walks, of '
    || grouped(p.clients)
    || ' clients',
    case when p.configured < p.clients then 'kubectl exec POD -- cat /etc/resolv.conf' end
  from people as p
  union all
  select
    8,
    'Are the answers right?',
    case when r.records = 0 then 'no' else 'partly' end,
    grouped(r.records) || ' values of records that should be served',
    case when r.records = 0 then 'aws route53 list-resource-record-sets --hosted-zone-id ID --output json' end
  from records as r
  union all
  select
    9,
    'Is all of the evidence read?',
    case when i.incomplete = 0 then 'yes' else 'partly' end,
    grouped(i.incomplete) || ' of ' || grouped(i.sources) || ' inputs stop before their end',
    case when i.incomplete > 0 then 'the incomplete inputs again: dnslens report evidence/sources' end
  from incomplete as i
  union all
  select
    10,
    'Do the captures have all frames?',
    case when h.captures > 0 then 'no' else 'yes' end,
    case
      when h.captures = 0 then 'no answered query lacks a leg that the others have'
      else 'legs that answered queries must have passed are missing, of one capture '
        || cast(round(100 * h.worst_share, 1) as varchar)
        || ' %'
    end,
    case when h.captures > 0 then 'a capture with a larger buffer: tcpdump -B 16384 -i any -w capture.pcap port 53' end
  from holes as h
  cross join wire as w
  where w.transactions > 0
  union all
  select
    11,
    'Do the captures'' clocks agree?',
    case when c.off > 0 then 'partly' else 'yes' end,
    case
      when c.off > 0
        then 'by packets that two captures saw, one clock is '
          || cast(round(c.most, 3) as varchar)
          || ' s off; its times were corrected'
      else 'packets that two captures saw have the same times'
    end,
    null
  from clocks as c
  where c.compared > 0
) as answers
order by place
