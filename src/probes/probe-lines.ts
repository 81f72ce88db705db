import type { ProbeLine, ProbeOutcome, Tool } from './probe.js';
import { readResolvectl } from './resolvectl-lines.js';

const COMMAND = /(?:^|[\s;&|/])(dig|kdig|nslookup|host|getent|resolvectl|systemd-resolve)\s+(\S.{0,1000})$/;
const BANNER = /^; <<>> DiG \S+(?: .{0,80})? <<>> (.{0,1000})$/;
const HEADER = /^;; ->>HEADER<<- opcode: \w+[,;] status: (\w{1,20})[,;] id: \d{1,5}/;
const COUNTS = /^;; [Ff]lags: [^;]{0,60}; QUER\w+: \d+[,;] ANSWER: (\d{1,5})/;
const QUESTION = /^;+ ?(\S{1,255}\.)\s+(?:IN|CH|HS)\s+([A-Z][A-Z\d]{0,15})\s*$/;
const QUERY_TIME = /^;; Query time: (\d{1,9}(?:\.\d{1,6})?) (msec|usec)/;
const KDIG_FROM = /^;; From (\S{1,60})@(\d{1,5})\(\w+\) in (\d{1,9}(?:\.\d{1,6})?) ms/;
const SERVER = /^;; SERVER: (\S{1,60})#(\d{1,5})\(/;
const WHEN = /^;; (?:WHEN: |Time )(.{8,60})$/;
const TRACE = /^;; Received \d{1,6} bytes from (\S{1,60})#(\d{1,5})(?:\(\S{1,255}\))? in (\d{1,9}) ms/;
/** bind9's tools name the server from 9.18 on. */
const ERROR =
  /^;;\s+(?:communications error to (\S{1,60}?)(?:#(\d{1,5}))?: (timed out|connection refused|host unreachable|network unreachable|end of file)|(?:connection timed out; )?no servers could be reached|connection timed out; trying next origin|Connection to (\S{1,60}?)#\d{1,5}\(\S{1,60}\) for \S{1,255} failed: (timed out|connection refused|host unreachable|network unreachable))/;
const KDIG_ERROR =
  /^;; (?:WARNING: )?(?:can't receive reply from|failed to query server|response timeout for) '?([^'\s@(]{1,60})@?/;
const RECORD = /^\S{1,255}\.?\s+\d{1,10}\s+(?:IN|CH)\s+[A-Z][A-Z\d]{0,15}\s/;
const DIG_OTHER = /^;[;\s]/;

const NS_SERVER = /^Server:\s+(\S{1,255})\s*$/;
const NS_ADDRESS = /^Address:\s+(\S{1,60}?)#(\d{1,5})\s*$/;
const NS_BUSYBOX = /^Address 1: (\S{1,60})(?:\s+\S{1,255})?\s*$/;
const NS_NAME = /^Name:\s+(\S{1,255})\s*$/;
const NS_FAILED = /^\*\* server can't find (\S{1,255}?): (\w{1,20})/;
const NS_NO_ANSWER = /^\*\*\* Can't find (\S{1,255}?): No answer/;
const NS_CANNOT = /^nslookup: can't resolve '(\S{1,255})'/;
/** nslookup -type=TXT, MX, NS, SRV, PTR. */
const NS_RECORD = /^(\S{1,255})\s+(?:text|mail exchanger|nameserver|service|name|internet address) = \S/;
const NS_OTHER =
  /^(?:Non-authoritative answer:|Address(?: \d{1,3})?:\s+\S|Aliases:|\S{1,255}\s+canonical name = \S)/;

const HOST_FOUND =
  /^(\S{1,255}) (?:has (?:IPv6 )?address|is an alias for|mail is handled by|has no \w+ record) ?/;
const HOST_FAILED = /^Host (\S{1,255}) not found: \d{1,2}\((\w{1,20})\)/;
const REAL = /^real\s+(?:(\d{1,5})m)?(\d{1,6}(?:[.,]\d{1,6})?)s?\s*$/;
const TIME_OTHER = /^(?:user|sys)\s+(?:\d{1,5}m)?\d{1,6}(?:[.,]\d{1,6})?s?\s*$/;
const GETENT = /^[\da-fA-F.:]{3,45}\s+(?:(?:STREAM|DGRAM|RAW)(?=\s|$))?(.{0,1000})$/;

const OUTCOMES: Readonly<Record<string, ProbeOutcome>> = {
  'timed out': 'timeout',
  'connection refused': 'refused',
  'host unreachable': 'unreachable',
  'network unreachable': 'unreachable',
  'end of file': 'failed',
};

/** Reads a line of a tool; `tool` is the one whose output it would be. Null for a line of none of them. */
export function readProbeLine(line: string, tool: Tool | null): ProbeLine | null {
  if (line.length > 2000) return null;
  return (
    readDig(line) ??
    readTime(line, tool) ??
    readResolvectl(line, tool) ??
    readNslookup(line) ??
    readHost(line) ??
    readCommand(line)
  );
}

function readDig(line: string): ProbeLine | null {
  const banner = BANNER.exec(line);
  if (banner) return { what: 'command', tool: 'dig', words: banner[1]!.trim().split(/\s+/) };
  if (!line.startsWith(';')) return RECORD.test(line) ? { what: 'other' } : null;
  const header = HEADER.exec(line);
  if (header)
    return {
      what: 'begin',
      tool: line.includes('QUERY;') ? 'kdig' : 'dig',
      says: { rcode: header[1]!, outcome: 'answered' },
    };
  const counts = COUNTS.exec(line);
  if (counts) return { what: 'more', says: { answers: Number(counts[1]) } };
  const question = QUESTION.exec(line);
  if (question) return { what: 'more', says: { name: question[1]!, type: question[2]! } };
  const took = QUERY_TIME.exec(line);
  if (took) return { what: 'more', says: { seconds: Number(took[1]) / (took[2] === 'usec' ? 1e6 : 1e3) } };
  const from = KDIG_FROM.exec(line);
  if (from)
    return {
      what: 'more',
      says: { server: from[1]!, port: Number(from[2]), seconds: Number(from[3]) / 1e3 },
    };
  const server = SERVER.exec(line);
  if (server) return { what: 'more', says: { server: server[1]!, port: Number(server[2]) } };
  const when = WHEN.exec(line);
  if (when) return { what: 'date', text: when[1]! };
  const step = TRACE.exec(line);
  if (step)
    return {
      what: 'step',
      says: {
        server: step[1]!,
        port: Number(step[2]),
        seconds: Number(step[3]) / 1e3,
        outcome: 'answered',
      },
    };
  return readError(line) ?? (DIG_OTHER.test(line) ? { what: 'other' } : null);
}

function readError(line: string): ProbeLine | null {
  const kdig = KDIG_ERROR.exec(line);
  if (kdig) return { what: 'error', outcome: 'timeout', server: kdig[1]!, isLast: false };
  const found = ERROR.exec(line);
  if (!found) return null;
  const reason = found[3] ?? found[5];
  const outcome = reason === undefined ? 'timeout' : OUTCOMES[reason]!;
  return {
    what: 'error',
    outcome,
    server: found[1] ?? found[4] ?? null,
    isLast: line.includes('no servers could be reached'),
  };
}

function readNslookup(line: string): ProbeLine | null {
  const server = NS_SERVER.exec(line);
  if (server) return { what: 'begin', tool: 'nslookup', says: { server: server[1]! } };
  const address = NS_ADDRESS.exec(line);
  if (address) return { what: 'more', says: { server: address[1]!, port: Number(address[2]) } };
  const busybox = NS_BUSYBOX.exec(line);
  if (busybox) return { what: 'more', says: { server: busybox[1]! } };
  const name = NS_NAME.exec(line);
  if (name) return { what: 'more', says: { name: name[1]!, outcome: 'answered', rcode: 'NOERROR' } };
  const failed = NS_FAILED.exec(line);
  if (failed) return { what: 'more', says: { name: failed[1]!, outcome: 'answered', rcode: failed[2]! } };
  const none = NS_NO_ANSWER.exec(line);
  if (none) return { what: 'more', says: { name: none[1]!, outcome: 'answered', rcode: 'NOERROR' } };
  const record = NS_RECORD.exec(line);
  if (record) return { what: 'more', says: { name: record[1]!, outcome: 'answered', rcode: 'NOERROR' } };
  const cannot = NS_CANNOT.exec(line);
  if (cannot) return { what: 'more', says: { name: cannot[1]!, outcome: 'failed' } };
  return NS_OTHER.test(line) ? { what: 'other' } : null;
}

function readHost(line: string): ProbeLine | null {
  const found = HOST_FOUND.exec(line);
  if (found)
    return { what: 'begin', tool: 'host', says: { name: found[1]!, outcome: 'answered', rcode: 'NOERROR' } };
  const failed = HOST_FAILED.exec(line);
  if (!failed) return null;
  return { what: 'begin', tool: 'host', says: { name: failed[1]!, outcome: 'answered', rcode: failed[2]! } };
}

function readTime(line: string, tool: Tool | null): ProbeLine | null {
  const real = REAL.exec(line);
  if (real && tool !== null) {
    const seconds = Number(real[1] ?? 0) * 60 + Number(real[2]!.replace(',', '.'));
    return tool === 'getent' ? { what: 'more', says: { seconds } } : { what: 'other' };
  }
  if (TIME_OTHER.test(line)) return tool === null ? null : { what: 'end' };
  const found = tool === 'getent' ? GETENT.exec(line) : null;
  if (!found) return null;
  const name = found[1]!.trim().split(/\s/, 1)[0]!;
  return { what: 'more', says: { outcome: 'answered', rcode: 'NOERROR', ...(name === '' ? {} : { name }) } };
}

function readCommand(line: string): ProbeLine | null {
  const found = COMMAND.exec(line);
  if (!found) return null;
  const words = found[2]!.trim().split(/\s+/, 60);
  if (found[1] === 'systemd-resolve') return { what: 'command', tool: 'resolvectl', words };
  if (found[1] !== 'resolvectl') return { what: 'command', tool: found[1] as Tool, words };
  const at = words.indexOf('query');
  return at < 0 ? null : { what: 'command', tool: 'resolvectl', words: words.slice(at + 1) };
}
