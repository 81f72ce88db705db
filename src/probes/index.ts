import { counted } from '../base/counted.js';
import { forEachLine, headLines } from '../input/lines.js';
import { isPrompt } from '../input/paste/prompt.js';
import type { Input, Reader } from '../input/reader.js';
import { isToolLine } from '../input/tool-line.js';
import { formatAddress, parseAddress } from '../store/address.js';
import { escapedText, PLAIN_NAME } from '../store/label-text.js';
import { writeNumber, writeText, writeTime } from '../store/optional-values.js';
import type { Sink } from '../store/sink.js';
import { probes } from '../store/tables/probes.js';
import type { Probe } from './probe.js';
import { ProbeText } from './probe-text.js';

/** Lines looked at to tell what an input is. */
const LOOKED_AT = 400;

/** What dig, kdig, nslookup, host and `time getent` print: a question, who was asked, what came and after how long. */
export const probeReader: Reader = {
  kind: 'lookup-tools',
  title: 'what dig, nslookup, host or getent printed',
  about: {
    sample: ';; Query time: 2004 msec',
    from: '`dig NAME @SERVER`, `nslookup NAME SERVER`, `host NAME`, `time getent hosts NAME`; not `dig +short`, which says neither server nor status nor time',
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
  const text = new ProbeText((probe) => write(sink, probe), Date.now() / 1000);
  let unknown = 0;
  let first = 0;
  await forEachLine(input.chunks, (line, number) => {
    if (line.trim() === '' || isToolLine(line) || text.take(line, number) || isPrompt(line)) return;
    if (unknown++ === 0) first = number;
  });
  text.end();
  if (unknown === 0) return;
  const detail = `Of dig, nslookup, host and getent ${counted(unknown, 'line is', 'lines are')} none; passed over.`;
  sink.problem({ code: 'unknown-line', detail, position: `line ${first}` });
}

function write(sink: Sink, probe: Probe): void {
  const batch = sink.batch(probes);
  const { data, row } = batch;
  const server = probe.server === null ? null : parseAddress(probe.server.replace(/%.*$/, ''));
  data.source_id[row] = sink.sourceId;
  data.line[row] = probe.line;
  writeTime(batch, 'time', probe.time);
  data.tool[row] = probe.tool;
  writeText(batch, 'server', server ? formatAddress(server) : null);
  writeNumber(batch, 'server_port', probe.port !== null && probe.port < 65536 ? probe.port : null);
  writeText(batch, 'qname', probe.name === null ? null : plainName(probe.name));
  writeText(batch, 'qtype', probe.type);
  data.outcome[row] = probe.outcome!;
  writeText(batch, 'rcode', probe.rcode);
  writeNumber(batch, 'answers', probe.answers);
  data.seconds[row] = probe.seconds ?? 0;
  if (probe.seconds === null) batch.setNull('seconds');
  data.tries[row] = probe.tries;
  batch.end();
  if (probe.time) sink.seen(probe.time.seconds, probe.time.nanos);
}

/** Lower case, without the trailing dot, in the store's escapes. */
function plainName(text: string): string {
  const bare = text.endsWith('.') ? text.slice(0, -1) : text;
  return bare === '' ? '.' : escapedText(Buffer.from(bare.toLowerCase()), PLAIN_NAME);
}
