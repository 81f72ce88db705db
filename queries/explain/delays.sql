-- ---
-- title: What a slow or failed lookup waited for
-- description: >
--   One row an attempt that the lookup or question waited for or that ended in an error, the costliest first, with the cause that it shows and why.
-- kind: detail
-- params:
--   lookup: {type: integer, default: null, description: lookup_id}
--   question: {type: integer, default: null, description: "question_id, instead of a lookup"}
-- columns:
--   transaction_id: the attempt
--   qname: the name it asked
--   qtype: the type it asked
--   asked_at: when
--   cost_seconds: how long the lookup waited for it; seconds
--   cause: the cause that it shows; null where the evidence shows none
--   blamed: whether the lookup is blamed on this cause
--   reason: what shows it, as the end of a sentence
-- ---
with waited as (
  select
    d.*,
    t.qname, t.qtype, t.asked_at, t.rcode, t.server, t.backend, t.response_seconds, t.query_reached_server, t.in_log,
    l.cause as lookup_cause
  from lookup_delays as d
  inner join transactions as t on t.transaction_id = d.transaction_id
  inner join lookups as l on l.lookup_id = d.lookup_id
  where d.lookup_id = $lookup::bigint or d.question_id = $question::bigint
),
told as (
  select
    *,
    case
      when in_log = false then 'the servers'' logs have nearly every answered query, but not this one'
      when query_reached_server = false then 'it was seen leaving the client, but not on the way on to a server, where others were'
      else 'how far it came, this evidence cannot see'
    end as lost_how,
    case
      when upstream is null then 'the server''s upstream'
      else 'the upstream ' || upstream
    end as upstream_name
  from waited
)
select
  transaction_id,
  qname,
  qtype,
  asked_at,
  cost_seconds,
  cause,
  coalesce(cause = lookup_cause, false) as blamed,
  case cause
    when 'search-domain-unreachable' then
      'nearly every name below the search suffix ' || unreachable_suffix || ' failed or timed out, while other names were answered'
    when 'lost-replies' then
      case
        when in_log then 'the server''s log says that it was answered'
        else 'its answer was seen leaving the server'
      end || ', and the client never got that answer'
    when 'dead-backend' then
      'it went to ' || server || ' when one of the servers behind that had fallen silent, and was not answered'
    when 'conntrack-table-full' then 'it was lost while the conntrack table was full: ' || lost_how
    when 'conntrack-race' then
      'it was lost on its way to the server'
      || case
        when twin_answered and one_socket then ', while its twin from the same socket was answered: '
        when twin_answered then ', while its twin was answered: '
        else ', as one half of many pairs was in this evidence: '
      end || lost_how
    when 'upstream-packet-limit' then
      upstream_name || ' did not answer while more packets a second went its way than an interface may send ('
      || cast(upstream_rate as varchar) || ')'
    when 'upstream-silent' then
      case
        when upstream_lost > 0 then
          upstream_name || ' left ' || cast(upstream_lost as varchar) || ' of ' || counted(upstream_queries, 'query', 'queries')
          || ' for this name unanswered meanwhile'
        else 'the server''s log says that it got no answer in time'
      end
    when 'upstream-slow' then
      case
        when upstream_seconds is not null then
          upstream_name || ' took ' || cast(cast(upstream_seconds as decimal(12, 3)) as varchar) || ' s to answer the server'
        else 'the server''s log says that it took ' || cast(cast(log_seconds as decimal(12, 3)) as varchar) || ' s to find an answer'
      end
    when 'coredns-overloaded' then
      case
        when rcode = 'REFUSED' then 'the server refused it, as it now and then refused others of that zone'
        when log_seconds is not null then
          'the server''s log says that it took ' || cast(cast(log_seconds as decimal(12, 3)) as varchar)
          || ' s, but the answer came later: the query or its answer waited at the server'
        else 'it reached the server, and no answer and no log line came of it'
      end
    when 'resolver-gives-up' then
      'the server answered ' || coalesce(rcode, 'an error') || ' at once, and the resolver took that for silence and waited'
    else
      case
        when rcode in ('SERVFAIL', 'REFUSED', 'NOTIMP') then 'it was answered ' || rcode || ', and the evidence does not show why'
        when response_seconds is null then 'it was not answered, and the evidence does not show why'
        else 'its answer came late, and the evidence does not show why'
      end
  end as reason
from told
order by cost_seconds desc, asked_at, transaction_id
