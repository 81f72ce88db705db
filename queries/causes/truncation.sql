-- ---
-- title: Truncated answers
-- description: >
--   Answers came truncated (TC), and what each client did next: asked again over TCP, or took what it had.
-- kind: cost
-- hits: names
-- precedence: 110
-- params:
--   least: {default: 3, unit: answers, description: truncated answers that it takes,
--     source: "chosen: one or two are of one name that someone tried"}
-- change:
--   - "Make the answers smaller: fewer records behind the name."
--   - "Let clients announce a larger UDP size (EDNS, options edns0; CoreDNS's bufsize) where the path's MTU allows it."
--   - "musl before 1.2.4 never asks over TCP: update the image's base where whole answers matter."
-- collect:
--   - "tcpdump -i any -w node.pcap port 53   # on the node; TCP too: no udp in the filter"
-- look: [servers/failures, traffic/types]
-- panels: [truncated answers of]
-- ---

-- --- signs
select transaction_id, 'example' as strength, 'a truncated answer' as reason
from work.truncated_answers;

-- --- numbers
with truncated as (
  select client_id, question_id, bool_or(over_tcp)::INTEGER as asked_tcp
  from work.truncated_answers
  group by client_id, question_id
),
by_client as (
  select c.client_id, n.label, f.resolver, count(*) as answers, sum(c.asked_tcp)::BIGINT as then_tcp
  from truncated as c
  inner join work.address_names as n on n.address_id = c.client_id
  left join work.client_facts as f on f.client_id = c.client_id
  group by all
),
told as (
  select
    coalesce(sum(answers), 0)::BIGINT as answers,
    coalesce(sum(then_tcp), 0)::BIGINT as then_tcp,
    coalesce(
      list(
        format(
          '{} ({}): {:,} truncated, {:,} asked again over TCP',
          label,
          coalesce(resolver, 'resolver unknown'),
          answers,
          then_tcp
        )
        order by answers desc, label
      ),
      []
    ) as clients
  from by_client
),
logged as (
  select
    count(*) as tc_lines,
    count(*) filter (
      where not work.is_elsewhen(q.time, c.from_ns, c.until_ns, work.ns($log_reach_seconds))
    ) as tc_lines_meanwhile
  from raw.log_queries as q
  inner join raw.texts as x on x.text_id = q.flags_id
  cross join work.captured_time as c
  where list_contains(string_split(x.text, ','), 'tc')
)
select
  t.*,
  l.tc_lines,
  l.tc_lines_meanwhile,
  e.judged,
  (select count(*) from work.judged_transactions where protocol = 1 and not from_forwarder) as tcp_seen
from work.evidence as e cross join told as t cross join logged as l;

-- --- rules
-- came-truncated-tcp-not-seen:
--   when: answers >= $least and tcp_seen = 0
--   verdict: confirmed
--   say: "{answers|answer|answers} came truncated; this evidence has no query over TCP"
-- came-truncated:
--   when: answers >= $least
--   verdict: confirmed
--   say: "{answers|answer|answers} came truncated; {then_tcp|of them was|of them were} asked for again over TCP"
-- few-came-truncated-tcp-not-seen:
--   when: answers > 0 and tcp_seen = 0
--   verdict: likely
--   say: "{answers|answer|answers} came truncated; this evidence has no query over TCP"
-- few-came-truncated:
--   when: answers > 0
--   verdict: likely
--   say: "{answers|answer|answers} came truncated; {then_tcp|of them was|of them were} asked for again over TCP"
-- logged:
--   when: tc_lines_meanwhile >= $least
--   verdict: likely
--   say: "{tc_lines_meanwhile|line of the log has|lines of the log have} the TC flag"
-- logged-at-another-time:
--   when: judged > 0 and tc_lines > 0 and tc_lines_meanwhile = 0
--   verdict: possible
--   say: "{tc_lines|line of the log has|lines of the log have} the TC flag, none of them while the captures ran"
-- few-logged:
--   when: judged > 0 and tc_lines > 0
--   verdict: possible
--   say: "{tc_lines|line of the log has|lines of the log have} the TC flag"
-- none:
--   when: judged > 0
--   verdict: ruled_out
--   say: "no answer came truncated"
-- few-logged-alone:
--   when: tc_lines > 0
--   verdict: no_evidence
--   say: "{tc_lines|line of the log has|lines of the log have} the TC flag"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no capture shows enough answers, and no line of a log has the TC flag"

-- --- findings
-- - each: clients
