import { forEachLine, headLines } from '../input/lines.js';
import { isPrompt } from '../input/paste/shell-prompt.js';
import type { Reader } from '../raw/reader.js';
import type { Input } from '../input/input.js';
import { isToolLine } from '../input/tool-line.js';
import type { Sink } from '../raw/sink.js';
import { ProbeText } from './probe-text.js';
import { programErrors } from './program-errors.js';
import { resolvedLog } from './resolved-log.js';
import { writeProbe } from './write-probe.js';

/** Lines looked at to tell what an input is. */
const LOOKED_AT = 400;

const UNKNOWN = 'A line is none of dig, nslookup, host, getent or resolvectl; it was passed over.';

/** What dig, kdig, nslookup, host, resolvectl and `time getent` print: a question, who was asked, what came and after how long. */
const probeReader: Reader = {
  kind: 'lookup-tools',
  title: 'what dig, nslookup, host, getent or resolvectl printed',
  about: {
    sample: ';; Query time: 2004 msec',
    whole:
      '; <<>> DiG 9.18.12 <<>> db.example @10.96.0.10\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4660\n;; flags: qr rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0\n;; QUESTION SECTION:\n;db.example.\tIN\tA\n;; Query time: 2004 msec\n;; SERVER: 10.96.0.10#53(10.96.0.10)',
    from: '`dig NAME @SERVER`, `nslookup NAME SERVER`, `host NAME`, `resolvectl query NAME`, `time getent hosts NAME`; not `dig +short`, which says neither server nor status nor time',
    gives: 'questions made by hand',
    proves:
      'that a server gave no answer, an error or a late answer to a question: no cause is more than possible by it, for one question is no load',
  },
  sniff,
  read,
};

function sniff(head: Uint8Array): number {
  let found = 0;
  const text = new ProbeText(() => found++, 0);
  let known = 0;
  let all = 0;
  for (const [i, line] of headLines(head).slice(0, LOOKED_AT).entries()) {
    if (line.trim() === '' || isToolLine(line)) continue;
    all++;
    if (text.take(line, i + 1) || isPrompt(line)) known++;
  }
  text.end();
  return found === 0 ? 0 : known / all;
}

async function read(input: Input, sink: Sink): Promise<void> {
  const text = new ProbeText((probe) => writeProbe(sink, probe), Date.now() / 1000);
  await forEachLine(input.chunks, (line, number) => {
    if (line.trim() === '' || isToolLine(line) || text.take(line, number) || isPrompt(line)) return;
    sink.problem({ code: 'unknown-line', detail: UNKNOWN, position: `line ${number}` });
  });
  text.end();
}

/** Readers of questions as tools and programs tell of them. */
export const probeReaders: readonly Reader[] = [probeReader, programErrors, resolvedLog];
