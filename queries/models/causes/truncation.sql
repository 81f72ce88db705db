-- ---
-- title: Truncated answers
-- description: >
--   One row; whether answers came truncated (TC), and what each client did next: asked again over TCP, or took what it had.
-- kind: cost
-- from: [work.evidence, work.wire_transactions, work.judged_transactions, work.question_attempts, work.client_facts, work.address_names, raw.log_queries, raw.texts]
-- params:
--   least: {default: 3, description: truncated answers that it takes}
-- change:
--   - "Make the answers smaller (fewer records behind the name), or let clients announce a larger UDP size (EDNS, options edns0; CoreDNS's bufsize) where the path's MTU allows it."
--   - "musl before 1.2.4 never asks over TCP: update the image's base where whole answers matter."
-- collect:
--   - "tcpdump -i any -w node.pcap port 53   # on the node; TCP too: no udp in the filter"
-- look: [servers/failures, traffic/types]
-- ---
with truncated as (
  select
    t.client_id,
    coalesce(a.question_id, t.transaction_id) as question_id,
    max(case when n.protocol = 1 then 1 else 0 end) as asked_tcp
  from work.judged_transactions as t
  left join work.question_attempts as a on a.transaction_id = t.transaction_id
  left join work.question_attempts as b on b.question_id = a.question_id and b.attempt > a.attempt
  left join work.wire_transactions as n on n.transaction_id = b.transaction_id
  where t.state = 'answered' and work.is_truncated(t.answer_flags) and not t.from_forwarder
  group by 1, 2
),
by_client as (
  select c.client_id, n.label, f.resolver, count(*) as answers, sum(c.asked_tcp) as then_tcp
  from truncated as c
  inner join work.address_names as n on n.address_id = c.client_id
  left join work.client_facts as f on f.client_id = c.client_id
  group by all
),
logged as (
  select count(*) as tc_lines
  from raw.log_queries as q
  inner join raw.texts as x on x.text_id = q.flags_id
  where list_contains(string_split(x.text, ','), 'tc')
),
numbers as (
  select
    e.*, l.tc_lines,
    (select count(*) from truncated) as answers,
    (select coalesce(sum(asked_tcp), 0) from truncated) as then_tcp
  from work.evidence as e cross join logged as l
)
select
  case
    when answers >= $least then 'confirmed'
    when answers > 0 or tc_lines >= $least then 'likely'
    when judged > 0 then 'ruled_out'
    else 'no_evidence'
  end as verdict,
  case
    when answers > 0 then format('{} came truncated; {} asked for again over TCP', work.counted(answers, 'answer', 'answers'), work.counted(then_tcp, 'of them was', 'of them were'))
    when tc_lines > 0 then work.counted(tc_lines, 'line of the log has', 'lines of the log have') || ' the TC flag'
    when judged > 0 then 'no answer came truncated'
    else 'no capture shows answers, and no line of a log has the TC flag'
  end as summary,
  (
    select coalesce(list(format('{} ({}): {} truncated, {} asked again over TCP', label, coalesce(resolver, 'resolver unknown'), answers, then_tcp::BIGINT) order by answers desc), [])
    from by_client
  ) as findings
from numbers
