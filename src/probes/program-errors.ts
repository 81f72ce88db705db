import { forEachLine, headLines } from '../input/lines.js';
import type { Reader } from '../raw/reader.js';
import type { Input } from '../input/input.js';
import { parseTimestamp } from '../base/time/iso.js';
import { leadingDate } from '../base/time/printed.js';
import type { Sink } from '../raw/sink.js';
import { newProbe, type Probe } from './probe.js';
import { writeProbe } from './write-probe.js';

/** Go's net.DNSError: the name, the server, and why (net/net.go, DNSError.Error). */
const GO =
  /\blookup (\S{1,255}) on (\[?[\da-fA-F.:]{2,45}?\]?):(\d{1,5}): (no such host|server misbehaving|(?:read|write|dial) (?:udp|tcp) .{0,120}?: (i\/o timeout|connection refused|no route to host|network is unreachable))/;
/** Within a line of CoreDNS the words are of its own client. */
const OF_COREDNS = /\bplugin\/\w+:|\[(?:INFO|ERROR|WARNING|FATAL)\] /;
/** Least share of lines; the log of a program says other things too. */
const LEAST_SHARE = 0.2;
const LOOKED_AT = 400;

const OUTCOMES: Readonly<Record<string, Partial<Probe>>> = {
  'no such host': { outcome: 'answered', rcode: 'NXDOMAIN' },
  // SERVFAIL, REFUSED or another: it does not say which
  'server misbehaving': { outcome: 'answered' },
  'i/o timeout': { outcome: 'timeout', tries: 1 },
  'connection refused': { outcome: 'refused', tries: 1 },
  'no route to host': { outcome: 'unreachable', tries: 1 },
  'network is unreachable': { outcome: 'unreachable', tries: 1 },
};

/** Errors of a program in Go that could not look a name up, in a log of whatever form: the name, the server and why. */
export const programErrors: Reader = {
  kind: 'program-log',
  title: "a program's log with lookups that failed",
  about: {
    sample:
      'dial tcp: lookup api.example.com on 10.96.0.10:53: read udp 10.244.1.5:36791->10.96.0.10:53: i/o timeout',
    from: 'logs of programs in Go; those of other languages name no server',
    gives: 'questions that failed',
    proves: 'that a server gave no answer or an error: no cause is more than possible by it',
  },
  sniff: (head) => {
    const lines = headLines(head)
      .filter((line) => line.trim() !== '')
      .slice(0, LOOKED_AT);
    const found = lines.filter((line) => readError(line) !== null).length;
    return found === 0 || found < LEAST_SHARE * lines.length ? 0 : found / (2 * lines.length);
  },
  read,
};

/** What a line says of a lookup that failed, or null. */
function readError(line: string): Partial<Probe> | null {
  if (line.length > 8192 || !line.includes('lookup ') || OF_COREDNS.test(line)) return null;
  const found = GO.exec(line);
  if (!found) return null;
  const [, name, server, port, why, reason] = found;
  return {
    name: name!,
    server: server!.replace(/[[\]]/g, ''),
    port: Number(port),
    ...OUTCOMES[reason ?? why!],
  };
}

async function read(input: Input, sink: Sink): Promise<void> {
  const now = Date.now() / 1000;
  await forEachLine(input.chunks, (line, number) => {
    const says = readError(line);
    if (!says) return;
    const stamp = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)/.exec(line.slice(0, 200));
    const time = (stamp && parseTimestamp(stamp[0])) ?? leadingDate(line, now)?.date ?? null;
    writeProbe(sink, { ...newProbe('go', number), ...says, time });
  });
}
