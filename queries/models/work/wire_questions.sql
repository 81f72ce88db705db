-- ---
-- title: Questions by id
-- description: >
--   One row for what a resolver asked until it had an answer or gave up. A resolver that sent an error away and asked again
--   after its own time (musl and REFUSED) was not answered by it. After the last attempt it waits once more as long as between
--   attempts: by the gap in this question, else by its client's usual one, else 5 s. An ICMP error about the last attempt ends the wait at once,
--   but for musl, whose socket hears of none.
-- from: [work.question_attempts, work.client_transactions, work.icmp_ends, work.timers]
-- materialized: table
-- ---
with ended as (
  select
    a.question_id,
    any_value(client_id) as client_id,
    arg_min(client_port, attempt) as client_port,
    any_value(qname_id) as qname_id,
    any_value(qtype) as qtype,
    arg_min(transaction_id, attempt) as transaction_id,
    arg_min(server_id, attempt) as server_id,
    arg_min(state, attempt) as first_state,
    min(asked_ns) as asked_ns,
    max(asked_ns) as last_asked_ns,
    count(*)::INTEGER as attempts,
    list(gap_seconds order by attempt) filter (where gap_seconds is not null) as gaps_seconds,
    max(gap_seconds) as longest_gap,
    arg_max(gap_seconds, attempt) as last_gap,
    coalesce(bool_or(after_error_seconds >= $timer_seconds), false) as passes_errors,
    bool_or(state = 'unanswered') as lost_one,
    -- a truncated answer counts only where no whole one followed
    arg_min(answered_ns, (truncated, answered_ns, attempt)) filter (where not work.is_error(rcode)) as answered_ns,
    arg_min(rcode, (truncated, answered_ns, attempt)) filter (where not work.is_error(rcode)) as answer_rcode,
    arg_min(answers, (truncated, answered_ns, attempt)) filter (where not work.is_error(rcode)) as answers,
    max(answered_ns) filter (where work.is_error(rcode)) as error_ns,
    arg_max(rcode, (answered_ns, attempt)) filter (where work.is_error(rcode)) as error_rcode,
    arg_max(state, attempt) as last_state,
    max(answer_bytes) as answer_bytes,
    bool_and(timed) as timed,
    arg_max_null(i.ended_ns, attempt) as icmp_ns
  from work.question_attempts as a
  inner join work.client_transactions using (transaction_id)
  left join work.icmp_ends as i using (transaction_id)
  group by a.question_id
  union all
  select
    transaction_id,
    client_id,
    client_port,
    qname_id,
    qtype,
    transaction_id,
    server_id,
    state,
    asked_ns,
    asked_ns,
    1,
    null,
    null,
    null,
    false,
    state = 'unanswered',
    case when not work.is_error(rcode) then answered_ns end,
    case when not work.is_error(rcode) then rcode end,
    case when not work.is_error(rcode) then answers end,
    case when work.is_error(rcode) then answered_ns end,
    case when work.is_error(rcode) then rcode end,
    state,
    answer_bytes,
    timed,
    i.ended_ns
  from work.client_transactions
  left join work.icmp_ends as i using (transaction_id)
  where transaction_id not in (select a.transaction_id from work.question_attempts as a)
),
timed as (
  select
    e.*,
    t.seconds as timer,
    -- musl takes an error for no answer, and ends all attempts 5 s after the first, twice its 2.5 s
    coalesce(e.longest_gap between 2.4 and 2.6, false) or coalesce(t.seconds between 2.4 and 2.6, false) as passes_over_errors,
    case when passes_over_errors then e.asked_ns + 5000000000 else 9223372036854775807 end as deadline_ns
  from ended as e
  left join work.timers as t on t.client_id = e.client_id
)
select
  e.question_id,
  e.client_id,
  e.client_port,
  e.qname_id,
  e.qtype,
  e.transaction_id,
  e.server_id,
  e.first_state,
  e.asked_ns,
  e.attempts,
  coalesce(e.gaps_seconds, []) as gaps_seconds,
  e.longest_gap,
  e.passes_errors or (e.passes_over_errors and e.error_ns is not null) as passes_errors,
  e.answer_bytes,
  e.timed,
  coalesce(e.answer_rcode, e.error_rcode) as rcode,
  case
    when e.answered_ns <= e.deadline_ns and e.answer_rcode = 0 and e.answers > 0 then 'answered'
    when e.answered_ns <= e.deadline_ns then 'negative'
    when e.error_ns is not null then 'failed'
    when e.last_state = 'unknown' then 'unknown'
    else 'unanswered'
  end as outcome,
  case
    when e.answered_ns <= e.deadline_ns then e.answered_ns
    when e.passes_over_errors and e.last_state <> 'unknown' then e.deadline_ns
    when e.error_ns is not null and not e.passes_errors and e.error_ns >= e.last_asked_ns then e.error_ns
    when not e.passes_over_errors and e.icmp_ns is not null then e.icmp_ns
    when e.last_state = 'unknown' and e.attempts = 1 then null
    -- an answer that nothing here could show; near the end of a capture that shows others the wait is known
    when e.last_state = 'unknown' and not e.lost_one then e.last_asked_ns
    else e.last_asked_ns + (case when e.last_gap >= $timer_seconds then e.last_gap else coalesce(e.timer, 5.0) end * 1e9)::BIGINT
  end as ended_ns
from timed as e
