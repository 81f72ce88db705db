import { forEachLine, headLines } from '../input/lines.js';
import type { Reader } from '../raw/reader.js';
import type { Input } from '../input/input.js';
import { isToolLine } from '../input/tool-line.js';
import type { Instant } from '../base/time/instant.js';
import { leadingDate } from '../base/time/printed.js';
import type { Sink } from '../raw/sink.js';
import { newProbe, type Probe, type ProbeOutcome } from './probe.js';
import { writeProbe } from './write-probe.js';

const LOOKED_AT = 400;
/** Transactions that are open at a time; the oldest is forgotten. */
const MOST_OPEN = 4096;
const LONGEST = 4096;

const UNKNOWN = 'A line is not of systemd-resolved; it was passed over.';

/** What its lines have before their text: a journal's line, or a program's own in a terminal. */
const MARK = /\bsystemd-resolved(?:\[\d{1,10}\])?: (.*)$/;
/** Texts of resolved-dns-transaction.c, of releases from 229 to 257. */
const BEGINS =
  /^(?:Firing )?(?:[Rr]egular )?[Tt]ransaction (\d{1,5}) for <(\S{1,1024}) IN (\S{1,20})> scope (\w{1,10}) on /;
const SERVER = /^Using DNS server ([\da-fA-F:.]{2,45})\S{0,80} for transaction (\d{1,5})\./;
const SENDS = /^Sending query (?:packet with id|via TCP|TCP packet with id) (\d{1,5})\b/;
const ANSWERED = /^Processing incoming packet on transaction (\d{1,5})\b.{0,3}\(rcode=([A-Z]{1,12})\)/;
const TIMEOUT = /^Timeout reached on transaction (\d{1,5})\./;
const RENAMED = /^Transaction (\d{1,5}) is now (\d{1,5})\./;
const ENDS =
  /^(?:[Rr]egular )?[Tt]ransaction (\d{1,5}) for <\S{1,1024} IN \S{1,20}> on scope \w{1,10} on \S{1,40} now complete with <?([\w-]{0,40})>?(?: from (\w{1,20}))?/;

/** What it calls the ends at which no answer came. */
const FAILURES: Readonly<Record<string, ProbeOutcome>> = {
  timeout: 'timeout',
  'attempts-max-reached': 'timeout',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  'network-down': 'unreachable',
};

/** A question that systemd-resolved asks a server, until it is answered or given up. */
interface Transaction {
  line: number;
  name: string;
  type: string;
  server: string | null;
  isSent: boolean;
  sent: Instant | null;
  answered: { rcode: string; at: Instant | null } | null;
  timeouts: number;
}

/** Puts the lines of systemd-resolved's log together to questions, one for each try at a server. */
class ResolvedLines {
  private readonly open = new Map<string, Transaction>();

  constructor(
    private readonly onProbe: (probe: Probe) => void,
    private readonly now: number,
  ) {}

  /** Whether the line is one of systemd-resolved. */
  take(line: string, number: number): boolean {
    if (line.length > LONGEST) return false;
    const text = MARK.exec(line)?.[1];
    if (text === undefined) return false;
    const time = leadingDate(line, this.now)?.date ?? null;
    const begins = BEGINS.exec(text);
    if (begins) this.begin(begins, number);
    else this.go(text, time, number);
    return true;
  }

  private begin([, id, name, type, scope]: RegExpExecArray, line: number): void {
    // neighbours are asked in other scopes; a retry keeps its id
    if (scope !== 'dns' || this.open.has(id!)) return;
    if (this.open.size >= MOST_OPEN) this.open.delete(this.open.keys().next().value!);
    const none = { server: null, isSent: false, sent: null, answered: null, timeouts: 0 };
    this.open.set(id!, { line, name: name!, type: type!, ...none });
  }

  private go(text: string, time: Instant | null, line: number): void {
    const [, server, served] = SERVER.exec(text) ?? [];
    const [, sent] = SENDS.exec(text) ?? [];
    const [, answered, rcode] = ANSWERED.exec(text) ?? [];
    const [, late] = TIMEOUT.exec(text) ?? [];
    const [, before, after] = RENAMED.exec(text) ?? [];
    const one = this.open.get(served ?? sent ?? answered ?? late ?? before ?? '');
    if (!one) return this.end(text, time);
    if (served !== undefined) one.server = server!;
    else if (sent !== undefined) Object.assign(one, { isSent: true, sent: time, line });
    else if (answered !== undefined) one.answered = { rcode: rcode!, at: time };
    else if (late !== undefined) {
      one.timeouts++;
      this.tell(one, { outcome: 'timeout', tries: 1, time });
    } else {
      this.open.delete(before!);
      this.open.set(after!, one);
    }
  }

  private end(text: string, time: Instant | null): void {
    const [, id, how, from] = ENDS.exec(text) ?? [];
    const one = this.open.get(id ?? '');
    if (!one) return;
    this.open.delete(id!);
    // what the cache has was asked of no server, and what each timeout said is told
    if (from === 'cache' || from === 'zone' || (!one.isSent && from !== 'none')) return;
    if (one.answered) {
      const { rcode, at } = one.answered;
      return this.tell(one, {
        outcome: 'answered',
        rcode: codeOf(rcode),
        time: at,
        seconds: between(one.sent, at),
      });
    }
    const outcome = FAILURES[how!] ?? (how === 'success' ? 'answered' : 'failed');
    if (outcome === 'timeout' && one.timeouts > 0) return;
    this.tell(one, {
      outcome,
      tries: outcome === 'timeout' ? 1 : 0,
      time,
      ...(how === 'success' ? { rcode: 'NOERROR' } : {}),
    });
  }

  private tell({ line, name, type, server }: Transaction, says: Partial<Probe>): void {
    this.onProbe({ ...newProbe('systemd-resolved', line), name, type, server, ...says });
  }
}

/** systemd's own names of codes are those of the registry but for one. */
function codeOf(rcode: string): string {
  return rcode === 'SUCCESS' ? 'NOERROR' : rcode;
}

/** Seconds between two moments; null where the journal has whole seconds only, which say nothing of an answer. */
function between(sent: Instant | null, answered: Instant | null): number | null {
  if (!sent || !answered || (sent.nanos === 0 && answered.nanos === 0)) return null;
  const seconds = answered.seconds - sent.seconds + (answered.nanos - sent.nanos) / 1e9;
  return seconds >= 0 ? seconds : null;
}

/** The log of systemd-resolved with debug on. */
export const resolvedLog: Reader = {
  kind: 'resolved-log',
  title: 'a debug log of systemd-resolved',
  about: {
    sample:
      'Jan  2 03:04:05 node-1 systemd-resolved[812]: Firing regular transaction 4660 for <db.example IN A> scope dns on eth0/* (validate=no).',
    whole: [
      'Firing regular transaction 4660 for <db.example IN A> scope dns on eth0/* (validate=no).',
      'Using DNS server 10.9.0.2 for transaction 4660.',
      'Sending query packet with id 4660 of size 39.',
      'Timeout reached on transaction 4660.',
      'Regular transaction 4660 for <db.example IN A> on scope dns on eth0/* now complete with <attempts-max-reached> from none (unsigned; non-confidential).',
    ]
      .map((text) => `Jan  2 03:04:05 node-1 systemd-resolved[812]: ${text}`)
      .join('\n'),
    from: '`resolvectl log-level debug`, then `journalctl -u systemd-resolved -o short-precise`',
    gives: "questions of a node's own resolver to its servers",
    proves:
      'which of its servers gave no answer or an error; how long answers took only with -o short-precise. No cause is more than possible by it',
  },
  sniff(head) {
    let found = 0;
    const lines = new ResolvedLines(() => found++, 0);
    const looked = headLines(head)
      .filter((line) => line.trim() !== '' && !isToolLine(line))
      .slice(0, LOOKED_AT);
    const known = looked.filter((line, i) => lines.take(line, i + 1)).length;
    return found === 0 ? 0 : known / looked.length;
  },
  async read(input: Input, sink: Sink): Promise<void> {
    const lines = new ResolvedLines((probe) => writeProbe(sink, probe), Date.now() / 1000);
    await forEachLine(input.chunks, (line, number) => {
      if (line.trim() === '' || isToolLine(line) || lines.take(line, number)) return;
      sink.problem({ code: 'unknown-line', detail: UNKNOWN, position: `line ${number}` });
    });
  },
};
