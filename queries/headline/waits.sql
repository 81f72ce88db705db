-- ---
-- title: Retry gaps
-- description: >
--   One row for programs and one for forwarders that asked again, a sentence each: how often resolvers asked again, after how long, and what it cost.
--   The gaps are those of timeouts/gaps and timeouts/forwarders.
-- kind: headline
-- columns:
--   severity: info, low, medium or high
--   sentence: the answer
--   look: the query to look at next
-- ---
with asked as (
  select question_id, client, outcome, waited_seconds, from_forwarder
  from questions
  where ($since::timestamp_ns is null or asked_at >= $since::timestamp_ns)
    and ($until::timestamp_ns is null or asked_at < $until::timestamp_ns)
    and ($client::varchar is null or client = $client::varchar)
),
totals as (
  select
    count(*) filter (where not from_forwarder) as questions,
    count(*) filter (where not from_forwarder and outcome = 'unanswered') as unanswered,
    count(*) filter (where not from_forwarder and outcome = 'unknown') as unknown,
    count(*) filter (where not from_forwarder and outcome <> 'unknown' and waited_seconds >= 1) as waited,
    max(waited_seconds) filter (where not from_forwarder and outcome <> 'unknown') as longest
  from asked
),
again as (
  select a.question_id, a.client, a.from_forwarder, r.gap_seconds, r.after
  from asked as a
  inner join retries as r on r.question_id = a.question_id
  where r.after <> 'answered already'
),
kinds as (
  select
    r.from_forwarder,
    case
      when ends_with(r.after, ', at once') then 'at once after ' || replace(r.after, ', at once', '')
      else 'after ' || cast(cast(r.gap_seconds as decimal(18, 1)) as varchar) || ' s'
    end || case when c.resolver is null or r.from_forwarder then '' else ' (' || c.resolver || ')' end as kind,
    count(*) as retries,
    count(*) filter (where r.after = 'no answer') as lost
  from again as r
  left join clients as c on c.client = r.client
  group by 1, 2
),
ranked as (
  select
    from_forwarder, kind, retries, lost,
    row_number() over (partition by from_forwarder order by retries desc, kind) as place
  from kinds
),
listed as (
  select
    from_forwarder,
    sum(retries) as retries,
    sum(lost) as lost,
    max(case when place = 1 then kind || ' ' || counted(retries, 'time', 'times') end)
    || coalesce(max(case when place = 2 then ', ' || kind || ' ' || cast(retries as varchar) end), '')
    || coalesce(max(case when place = 3 then ', ' || kind || ' ' || cast(retries as varchar) end), '')
    || case when count(*) > 3 then ', otherwise ' || cast(sum(case when place > 3 then retries else 0 end) as varchar) else '' end as list
  from ranked
  group by from_forwarder
),
repeated as (
  select from_forwarder, count(distinct question_id) as questions
  from again
  group by from_forwarder
),
logged as (
  select count(*) as log_lines
  from log_queries
),
programs as (
  select
    case
      when l.lost > 0 or t.unanswered > 0 then 'high'
      when t.waited > 0 then 'medium'
      when l.retries > 0 then 'low'
      else 'info'
    end as severity,
    case
      when l.retries > 0 then
        'Resolvers asked ' || cast(r.questions as varchar) || ' of ' || cast(t.questions as varchar)
        || ' questions again: ' || l.list || '.'
        || case
          when l.lost = l.retries then ' Nothing had come before.'
          when l.lost > 0 then
            ' Before ' || cast(l.lost as varchar) || ' of these ' || counted(l.retries, 'retry', 'retries') || ' nothing had come.'
          else ''
        end
      when t.questions > 0 and t.unknown = t.questions then
        'No resolver asked again in ' || counted(t.questions, 'question', 'questions') || '; whether they were answered this evidence cannot see.'
      when t.questions > 0 then
        'No resolver had to ask again in ' || counted(t.questions, 'question', 'questions') || '.'
      when $since::timestamp_ns is not null or $until::timestamp_ns is not null or $client::varchar is not null then
        'Retry gaps cannot be told: no question of a program was seen of the time and client that were asked for.'
      when g.log_lines > 0 then
        'Retry gaps cannot be told from this evidence: it has ' || counted(g.log_lines, 'query line', 'query lines')
        || ' of server logs, but no capture that shows when programs asked again.'
        || ' Capture on a node: tcpdump -i any -w capture.pcap ''port 53 or icmp or icmp6'''
      else
        'Retry gaps cannot be told: this evidence shows no question of a program.'
        || ' Capture on a node: tcpdump -i any -w capture.pcap ''port 53 or icmp or icmp6'''
    end
    || case
      when t.waited > 0 then
        ' ' || counted(t.waited, 'question', 'questions')
        || ' waited 1 s or longer, the longest ' || cast(cast(t.longest as decimal(18, 2)) as varchar) || ' s.'
      else ''
    end
    || case
      when t.unanswered > 0 then
        ' ' || counted(t.unanswered, 'question', 'questions')
        || ' got no answer at all.'
      else ''
    end
    || case
      when t.unknown > 0 and (t.unknown < t.questions or l.retries > 0) then
        ' Of ' || counted(t.unknown, 'question', 'questions')
        || ' this evidence cannot see the answers.'
      else ''
    end as sentence,
    case
      when l.retries > 0 then 'timeouts/gaps'
      when t.unanswered > 0 then 'timeouts/given-up'
      when t.waited > 0 then 'timeouts/slow'
    end as look
  from totals as t
  cross join logged as g
  left join listed as l on not l.from_forwarder
  left join repeated as r on not r.from_forwarder
)
select severity, sentence, look
from (
  select 1 as place, severity, sentence, look
  from programs
  union all
  select
    2 as place,
    'medium' as severity,
    'Forwarders asked ' || counted(r.questions, 'question', 'questions') || ' of their upstreams again: ' || l.list || '.' as sentence,
    'timeouts/forwarders' as look
  from listed as l
  inner join repeated as r on r.from_forwarder = l.from_forwarder
  where l.from_forwarder
) as answers
order by place
