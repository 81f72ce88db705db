-- ---
-- title: Questions as tools and programs tell of them
-- description: One row per question that dig, nslookup, host, getent, resolvectl or systemd-resolved asked, or that a
--   program in Go says failed; those without an answer first, then the slowest. One question is no load, so that no
--   cause is more than possible by it.
-- kind: table
-- requires: [probes]
-- narrow: [line, tool, qname, qtype, outcome, rcode, took_seconds]
-- columns:
--   source: path of the input
--   line: line on which the tool's output begins
--   time: when, UTC; null where the tool does not say
--   tool: dig, kdig, nslookup, host, getent, resolvectl or systemd-resolved; go for a program's own message
--   server: address that was asked, where it is said
--   qname: name that was asked for
--   qtype: type that was asked for, where it is said
--   outcome: answered; timeout, refused or unreachable, where no answer came; failed, where the tool does not say why
--   rcode: the answer's response code; null where the tool does not say which error it was
--   took_seconds: what the tool says it took; seconds
--   tries: tries without an answer
-- ---
select
  s.path as source,
  p.line,
  p.time,
  p.tool,
  p.server,
  p.qname,
  p.qtype,
  p.outcome,
  p.rcode,
  p.seconds as took_seconds,
  p.tries
from narrowed.probes as p
inner join sources as s on s.source_id = p.source_id
order by case when p.outcome = 'answered' then 1 else 0 end, p.seconds desc nulls last, source, p.line
