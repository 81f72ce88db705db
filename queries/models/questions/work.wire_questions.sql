-- ---
-- title: Questions by id
-- description: >
--   One row for what a resolver asked until it had an answer or gave up. Copies for several servers are one attempt.
--   What was asked again after an answer was not answered by it. A resolver that sent an error away and asked again
--   after its own time (musl and REFUSED) was not answered by it either. After the last attempt it waits once more, by
--   its configuration, the gap in this question, its client's usual one, or 5 s, but not where queries before it were
--   refused at once. An ICMP error about the last attempt ends the wait at once, but for musl, whose socket hears of
--   none. What the capture's end cut short is open: it was waited for at least until then.
-- from: [work.question_attempts, work.client_transactions, work.icmp_ends, work.timers, work.configured_search,
--   work.address_ids]
-- materialized: table
-- key: [question_id]
-- ---
with members as (
  select
    a.question_id,
    a.attempt,
    a.round,
    a.gap_seconds,
    a.after_error_seconds,
    a.copy,
    max(t.asked_ns) filter (where not a.copy) over question as last_ns,
    -- an answer to a socket that was given up comes too late
    t.client_port = last_value(t.client_port) over attempt and t.txid = last_value(t.txid) over attempt as heard,
    max(a.round) over question as last_round,
    i.ended_ns as icmp_ns,
    t.*
  from work.question_attempts as a
  inner join work.client_transactions as t on t.transaction_id = a.transaction_id
  left join work.icmp_ends as i on i.transaction_id = a.transaction_id
  window
    question as (partition by a.question_id),
    attempt as (partition by a.question_id order by a.attempt rows between unbounded preceding and unbounded following)
),
several as (
  select
    question_id,
    any_value(client_id) as client_id,
    arg_min(client_port, attempt) as client_port,
    any_value(qname_id) as qname_id,
    any_value(qtype) as qtype,
    arg_min(transaction_id, attempt) as transaction_id,
    arg_min(server_id, attempt) as server_id,
    arg_max(server_id, attempt) as last_server_id,
    case when bool_or(state = 'answered') filter (where round = 1) then 'answered' else arg_min(state, attempt) end
      as first_state,
    min(asked_ns) as asked_ns,
    any_value(last_ns) as last_asked_ns,
    max(round)::INTEGER as attempts,
    count(*)::INTEGER as queries,
    list(gap_seconds order by attempt) filter (where gap_seconds is not null) as gaps_seconds,
    max(gap_seconds) as longest_gap,
    arg_max(gap_seconds, attempt) filter (where gap_seconds is not null) as last_gap,
    coalesce(bool_or(after_error_seconds >= $timer_seconds), false) as passes_errors,
    bool_or(copy) as asks_all,
    -- a query went unanswered, and the next left at once: its host refused it
    coalesce(
      arg_max(gap_seconds <= $quick_retry_seconds and after_error_seconds is null, attempt) filter (where not copy),
      false
    ) as refused,
    bool_or(state = 'unanswered') as lost_one,
    -- of answers to what was asked last; a truncated one counts only where no whole one followed
    arg_min(answered_ns, (truncated, answered_ns, attempt)) filter (
      where not work.is_error(rcode) and (heard and answered_ns >= last_ns - work.ns($order_slack_seconds) or truncated)
    ) as answered_ns,
    arg_min(rcode, (truncated, answered_ns, attempt)) filter (
      where not work.is_error(rcode) and (heard and answered_ns >= last_ns - work.ns($order_slack_seconds) or truncated)
    ) as answer_rcode,
    arg_min(answers, (truncated, answered_ns, attempt)) filter (
      where not work.is_error(rcode) and (heard and answered_ns >= last_ns - work.ns($order_slack_seconds) or truncated)
    ) as answers,
    min(answered_ns) filter (where work.is_error(rcode) and heard and answered_ns >= last_ns) as last_error_ns,
    max(answered_ns) filter (where work.is_error(rcode)) as error_ns,
    arg_max(rcode, (answered_ns, attempt)) filter (where work.is_error(rcode)) as error_rcode,
    case
      when bool_or(state = 'answered') filter (where round = last_round) then 'answered' else arg_max(state, attempt)
    end as last_state,
    max(answer_bytes) as answer_bytes,
    max(watched_until_ns) as watched_until_ns,
    max(sampled_until_ns) as sampled_until_ns,
    bool_or(open_at_end) filter (where round = last_round) as open_at_end,
    bool_and(timed) as timed,
    arg_max_null(icmp_ns, attempt) as icmp_ns
  from members
  group by question_id
),
ended as (
  from several
  union all
  select
    transaction_id,
    client_id,
    client_port,
    qname_id,
    qtype,
    transaction_id,
    server_id,
    server_id,
    state,
    asked_ns,
    asked_ns,
    1,
    1,
    null,
    null,
    null,
    false,
    false,
    false,
    state = 'unanswered',
    case when not work.is_error(rcode) then answered_ns end,
    case when not work.is_error(rcode) then rcode end,
    case when not work.is_error(rcode) then answers end,
    case when work.is_error(rcode) then answered_ns end,
    case when work.is_error(rcode) then answered_ns end,
    case when work.is_error(rcode) then rcode end,
    state,
    answer_bytes,
    watched_until_ns,
    sampled_until_ns,
    open_at_end,
    timed,
    i.ended_ns
  from work.client_transactions
  left join work.icmp_ends as i using (transaction_id)
  where transaction_id not in (select a.transaction_id from work.question_attempts as a)
),
timed as (
  select
    e.*,
    -- musl takes an error for no answer, and ends all attempts after twice its 2.5 s, or as configured; it alone asks
    -- all servers at once
    e.asks_all
    or coalesce(e.longest_gap between 2.4 and 2.6, false)
    or coalesce(t.seconds between 2.4 and 2.6, false)
    or coalesce(
      c.attempts > 1 and abs(coalesce(e.longest_gap, t.seconds) - c.timeout_seconds / c.attempts) < 0.1, false
    ) as passes_over_errors,
    case when passes_over_errors then e.asked_ns + work.ns(coalesce(c.timeout_seconds, $default_timeout_seconds)) end
      as deadline_ns,
    -- glibc waits longer for the servers further down its list, in whole seconds
    list_position(c.nameservers, s.address) as place,
    case
      when place > 1 then greatest(1, (c.timeout_seconds * power(2, place - 1))::BIGINT // len(c.nameservers))
      when e.last_gap >= $timer_seconds then e.last_gap
      else coalesce(t.seconds, c.timeout_seconds, $default_timeout_seconds)
    end as patience
  from ended as e
  left join work.timers as t on t.client_id = e.client_id
  left join work.configured_search as c on c.client_id = e.client_id
  left join work.address_ids as s on s.raw_id = e.last_server_id
),
judged as (
  select
    *,
    answered_ns <= coalesce(deadline_ns, answered_ns)
    and coalesce(answered_ns <= last_error_ns or passes_over_errors or passes_errors, true) as answer_taken,
    case
      when answer_taken then answered_ns
      when passes_over_errors and last_state <> 'unknown' then deadline_ns
      when not passes_errors and last_error_ns is not null then last_error_ns
      when icmp_ns is not null and not passes_over_errors then icmp_ns
      when open_at_end and not lost_one then watched_until_ns
      when last_state = 'unknown' and attempts = 1 then null
      -- an answer that nothing here could show; near the end of a capture that shows others the wait is known
      when last_state = 'unknown' and not lost_one then last_asked_ns
      when refused then last_asked_ns + work.ns(least(last_gap, $quick_retry_seconds))
      else last_asked_ns + work.ns(patience)
    end as end_ns
  from timed
)
select
  question_id,
  client_id,
  client_port,
  qname_id,
  qtype,
  transaction_id,
  server_id,
  first_state,
  asked_ns,
  last_asked_ns,
  attempts,
  queries,
  coalesce(gaps_seconds, []) as gaps_seconds,
  longest_gap,
  passes_errors or (passes_over_errors and error_ns is not null) as passes_errors,
  answer_bytes,
  timed,
  coalesce(case when answer_taken then answer_rcode end, error_rcode, answer_rcode) as rcode,
  case
    when answer_taken and answer_rcode = 0 and answers > 0 then 'answered'
    when answer_taken then 'negative'
    when error_ns is not null then 'failed'
    when last_state = 'unknown' then 'unknown'
    else 'unanswered'
  end as outcome,
  coalesce(not answer_taken, true)
  and last_error_ns is null
  and (icmp_ns is null or passes_over_errors)
  and coalesce(open_at_end or end_ns > watched_until_ns, false) as still_open,
  case when still_open then least(end_ns, greatest(sampled_until_ns, last_asked_ns)) else end_ns end as ended_ns
from judged
