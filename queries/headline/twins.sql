-- ---
-- title: A/AAAA twins that lost a half
-- description: >
--   One row, a sentence: how many pairs of A and AAAA queries had one half answered and the other lost, who had most, how long they waited.
--   A pair that lost a half is a row of race/lost-halves.
-- kind: headline
-- columns:
--   severity: info or high
--   sentence: the answer
--   look: the query to look at next
-- ---
with pairs as (
  select
    w.client,
    coalesce(c.client_name || ' (' || w.client || ')', w.client) as client_name,
    w.one_socket,
    w.waited_seconds,
    w.judged,
    w.lost_half,
    w.lost = 'both' as lost_both
  from twins as w
  left join clients as c on c.client = w.client
  where coalesce(c.is_forwarder, false) = false
    and ($since::timestamp_ns is null or w.asked_at >= $since::timestamp_ns)
    and ($until::timestamp_ns is null or w.asked_at < $until::timestamp_ns)
    and ($client::varchar is null or w.client = $client::varchar)
),
by_client as (
  select
    client_name,
    count(*) as twins,
    count(*) filter (where judged) as judged,
    count(*) filter (where lost_half) as lost,
    count(*) filter (where lost_half and one_socket) as lost_one_socket,
    count(*) filter (where lost_both) as lost_both,
    max(waited_seconds) filter (where lost_half) as longest
  from pairs
  group by client_name
),
totals as (
  select
    coalesce(sum(twins), 0) as twins,
    coalesce(sum(judged), 0) as judged,
    coalesce(sum(lost), 0) as lost,
    coalesce(sum(lost_one_socket), 0) as lost_one_socket,
    coalesce(sum(lost_both), 0) as lost_both,
    count(*) as clients,
    count(*) filter (where lost > 0) as clients_lost,
    max(longest) as longest
  from by_client
),
worst as (
  select client_name, lost, judged
  from by_client
  where lost > 0
  order by lost desc, judged, client_name
  limit 1
),
seen as (
  select count(*) as lookups
  from lookups
  where ($since::timestamp_ns is null or started_at >= $since::timestamp_ns)
    and ($until::timestamp_ns is null or started_at < $until::timestamp_ns)
    and ($client::varchar is null or client = $client::varchar)
),
logged as (
  select count(*) as log_lines
  from log_queries
)
select
  case when t.lost > 0 then 'high' else 'info' end as severity,
  case
    when t.lost > 0 then
      cast(t.lost as varchar) || ' of ' || cast(t.judged as varchar) || ' A/AAAA pairs ('
      || cast(cast(1e2 * t.lost / t.judged as decimal(4, 1)) as varchar)
      || ' %) lost one half: one was answered, the other was not. '
      || cast(t.lost_one_socket as varchar) || ' of them asked from one socket, '
      || cast(t.lost - t.lost_one_socket as varchar) || ' from two. '
      || cast(t.clients_lost as varchar) || ' of ' || counted(t.clients, 'client', 'clients')
      || ' lost halves; the worst hit is '
      || w.client_name || ' with ' || cast(w.lost as varchar) || ' of ' || cast(w.judged as varchar)
      || ' pairs.' || coalesce(' The longest such wait was ' || cast(cast(t.longest as decimal(18, 2)) as varchar) || ' s.', '')
    when t.judged > 0 then
      'No A/AAAA pair lost a half: in none of ' || counted(t.judged, 'pair', 'pairs') || ' was one half answered and the other not.'
    when t.twins > 0 then
      'Whether A/AAAA pairs lost a half cannot be told: ' || counted(t.twins, 'pair was', 'pairs were')
      || ' asked, but this evidence cannot see whether answers came.'
      || ' Capture both directions: tcpdump -i any -w capture.pcap ''port 53 or icmp or icmp6'''
    when s.lookups > 0 then
      'No A/AAAA pair was seen in ' || counted(s.lookups, 'lookup', 'lookups')
      || ' of programs: they ask one type at a time, so no half could be lost.'
    when $since::timestamp_ns is not null or $until::timestamp_ns is not null or $client::varchar is not null then
      'Whether A/AAAA pairs lost a half cannot be told: no pair was seen of the time and client that were asked for.'
    when l.log_lines > 0 then
      'Whether A/AAAA pairs lost a half cannot be told from this evidence: it has ' || counted(l.log_lines, 'query line', 'query lines')
      || ' of server logs, but a query lost on its way never gets into a log.'
      || ' Capture on a node: tcpdump -i any -w capture.pcap ''port 53 or icmp or icmp6'''
    else
      'Whether A/AAAA pairs lost a half cannot be told: this evidence shows no query of a program.'
      || ' Capture on a node: tcpdump -i any -w capture.pcap ''port 53 or icmp or icmp6'''
  end
  || case when t.lost_both > 0 then ' ' || counted(t.lost_both, 'pair', 'pairs') || ' lost both halves.' else '' end
  || case
    when t.judged > 0 and t.twins > t.judged then
      ' Of ' || counted(t.twins - t.judged, 'more pair', 'more pairs') || ' this evidence cannot see the answers.'
    else ''
  end as sentence,
  case when t.lost > 0 then 'race/lost-halves' when t.lost_both > 0 then 'timeouts/unanswered' end as look
from totals as t
cross join seen as s
cross join logged as l
left join worst as w on true
