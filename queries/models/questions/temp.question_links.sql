-- ---
-- title: Queries that one question sent
-- description: >
--   One row per transaction of a question that was asked several times. Queries with one id are chained; a chain with
--   another id goes on with one that stayed unanswered: a whole number of seconds later (Go, and clients that keep
--   their port), or at once, where a server's host refused the query (ICMP) and no timer of its own followed; after
--   SERVFAIL, NOTIMP or REFUSED at once; over TCP at once after a truncated answer.
-- from: [work.client_transactions, work.configured_search]
-- materialized: table
-- key: [transaction_id]
-- ---
-- only what was asked more than once is sorted
with recursive repeated as (
  select client_id, qname_id, qtype, txid
  from work.client_transactions
  group by client_id, qname_id, qtype, txid
  having count(*) > 1
),
numbered as (
  select
    *,
    asked_ns - lag(asked_ns) over same_id as after_ns,
    lag(client_port) over same_id <> client_port
    and lag(answered_ns) over same_id <= asked_ns
    and not lag(truncated) over same_id
    and not work.is_error(lag(rcode) over same_id) as after_answer
  from work.client_transactions
  where (client_id, qname_id, qtype, txid) in (from repeated)
  window same_id as (partition by client_id, qname_id, qtype, txid order by asked_ns, transaction_id)
),
-- what was answered is asked again only beside a half that was lost or refused
beside_lost as (
  select distinct n.transaction_id
  from numbered as n
  inner join work.client_transactions as o
    on o.client_id = n.client_id and o.qname_id = n.qname_id and o.qtype <> n.qtype
  where n.after_answer
    and abs(o.asked_ns - (n.asked_ns - n.after_ns)) <= work.ns($at_once_seconds)
    and (o.state <> 'answered' or o.answered_ns > n.asked_ns or work.is_error(o.rcode))
),
chained as (
  select
    transaction_id,
    -- by a resolver after its timer or at once. Else the id came round again
    max(
      case
        when coalesce(after_ns > work.ns($retry_span_seconds), true)
          or after_answer
          and (
            after_ns % work.ns(1) >= work.ns($other_jitter_seconds)
            or transaction_id not in (select b.transaction_id from beside_lost as b)
          )
          then transaction_id
      end
    )
      over (partition by client_id, qname_id, qtype, txid order by asked_ns, transaction_id rows unbounded preceding)
      as chain_id
  from numbered
),
-- what a query with another id may go on with: it was truncated, got an error, or no answer before resolvers' timers
-- end
unsettled as (
  select distinct client_id, qname_id, qtype
  from work.client_transactions
  where truncated
    or work.is_error(rcode)
    or state = 'unanswered'
    or open_at_end
    or answered_ns > asked_ns + work.ns($timer_seconds)
),
chains as (
  -- transactions are numbered in the order of their times
  select
    coalesce(c.chain_id, a.transaction_id) as chain_id,
    any_value(a.client_id) as client_id,
    any_value(a.qname_id) as qname_id,
    any_value(a.qtype) as qtype,
    min(a.asked_ns) as first_ns,
    arg_min(a.client_port, a.transaction_id) as client_port,
    arg_min(a.protocol, a.transaction_id) as protocol,
    count(*) as attempts,
    arg_max(a.state = 'unanswered' or a.open_at_end, a.transaction_id) as unanswered,
    max(a.answered_ns) as answered_ns,
    arg_max(a.rcode, a.transaction_id) as rcode,
    bool_or(a.truncated) as truncated
  from work.client_transactions as a
  left join chained as c on c.transaction_id = a.transaction_id
  where (a.client_id, a.qname_id, a.qtype) in (from unsettled)
  group by 1
),
-- of several at one time the first
starts as (
  select
    client_id,
    qname_id,
    qtype,
    first_ns,
    min(chain_id) as chain_id,
    arg_min(client_port, chain_id) as client_port
  from chains
  group by client_id, qname_id, qtype, first_ns
),
settled as (
  select
    client_id,
    qname_id,
    qtype,
    answered_ns,
    min(chain_id) as chain_id,
    arg_min(protocol, chain_id) as protocol,
    arg_min(truncated, chain_id) as truncated,
    arg_min(rcode, chain_id) as rcode
  from chains
  where answered_ns is not null
  group by client_id, qname_id, qtype, answered_ns
),
-- resolvers' timers are whole seconds, as configured or most often 5; another lookup of the name seldom falls on one.
-- Of other timers the next query tells
due as (
  select
    c.*,
    lead(c.first_ns) over (partition by c.client_id, c.qname_id, c.qtype order by c.first_ns, c.chain_id) as next_ns,
    coalesce(s.timeout_seconds, $default_timeout_seconds) as timeout_seconds
  from chains as c
  left join work.configured_search as s on s.client_id = c.client_id
),
waiting as (
  select *, first_ns + work.ns(timeout_seconds - $order_slack_seconds) as due_ns
  from due
  where attempts = 1 and (unanswered or answered_ns > first_ns + work.ns($timer_seconds))
  union all
  select *, next_ns
  from due
  where attempts = 1
    and (unanswered or answered_ns > next_ns)
    and next_ns
    - first_ns between work.ns(1 - $order_slack_seconds) and work.ns(
      $default_timeout_seconds + $timer_jitter_seconds + $order_slack_seconds
    )
    and (next_ns - first_ns + work.ns($order_slack_seconds)) % work.ns(1)
    < work.ns($timer_jitter_seconds + $order_slack_seconds)
),
after_timer as (
  select distinct n.chain_id, d.chain_id as previous_id, (n.first_ns - d.first_ns) // work.ns(1) as seconds
  from waiting as d
  asof inner join starts as n
    on n.client_id = d.client_id and n.qname_id = d.qname_id and n.qtype = d.qtype and n.first_ns >= d.due_ns
  where n.chain_id <> d.chain_id
    -- a client that keeps its port is seldom quick
    and (n.first_ns - d.first_ns + work.ns($order_slack_seconds)) % work.ns(1)
      < work.ns(
        case when n.client_port = d.client_port then $timer_jitter_seconds else $other_jitter_seconds end
        + $order_slack_seconds
      )
    and n.first_ns - d.due_ns < work.ns($timer_jitter_seconds + $order_slack_seconds)
    and (d.unanswered or d.answered_ns > n.first_ns)
),
at_once as (
  select n.chain_id, p.chain_id as previous_id, 0 as seconds
  from
    (
      select *
      from chains
      where attempts = 1 and unanswered and chain_id not in (select a.previous_id from after_timer as a)
    ) as p
  asof inner join starts as n
    on n.client_id = p.client_id and n.qname_id = p.qname_id and n.qtype = p.qtype and n.first_ns > p.first_ns
  where n.first_ns - p.first_ns <= work.ns($quick_retry_seconds)
    and n.client_port <> p.client_port
    and n.chain_id not in (select a.chain_id from after_timer as a)
),
-- clocks of two interfaces may disagree, so that an answer may seem to come a little after what it led to
answers as (
  select *, answered_ns as from_ns, 0 as slack_ns from settled
  union all
  select *, answered_ns - work.ns($interface_slack_seconds), work.ns($interface_slack_seconds) from settled
),
after_answer as (
  select distinct n.chain_id, p.chain_id as previous_id, 0 as seconds
  from (select *, unnest([0, work.ns($interface_slack_seconds)]) as slack_ns from chains) as n
  asof inner join answers as p
    on p.client_id = n.client_id
      and p.qname_id = n.qname_id
      and p.qtype = n.qtype
      and p.slack_ns = n.slack_ns
      and p.from_ns <= n.first_ns
  where n.chain_id <> p.chain_id
    and case
      when p.truncated and n.protocol = 1 and p.protocol = 0
        then n.first_ns - p.answered_ns <= work.ns($tcp_follows_seconds)
      else work.is_error(p.rcode) and n.first_ns - p.answered_ns <= work.ns($quick_retry_seconds)
    end
),
-- one goes on with one: what an answer led to before what a timer did
links as (
  select chain_id, previous_id
  from (
    select *, 1 as worth from after_answer
    union all
    select *, 2 from after_timer
    union all
    select *, 3 from at_once
  ) as l
  qualify row_number() over (partition by chain_id order by worth, seconds, previous_id desc) = 1
    and row_number() over (partition by previous_id order by worth, seconds, chain_id) = 1
),
-- no resolver asks more often than its attempts and servers allow
questions as (
  select chain_id, previous_id as question_id, 1 as depth
  from links
  where previous_id not in (select l.chain_id from links as l)
  union all
  select l.chain_id, q.question_id, q.depth + 1
  from questions as q
  inner join links as l on l.previous_id = q.chain_id
  where q.depth < 32
),
members as (
  select t.transaction_id, coalesce(q.question_id, c.chain_id, t.transaction_id) as question_id
  from work.client_transactions as t
  left join chained as c on c.transaction_id = t.transaction_id
  left join questions as q on q.chain_id = coalesce(c.chain_id, t.transaction_id)
  where c.chain_id is not null
    or q.question_id is not null
    or t.transaction_id in (select l.previous_id from links as l)
)
select transaction_id, question_id
from members
qualify count(*) over (partition by question_id) > 1
