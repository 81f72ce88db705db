import { readLine } from '../counters/counter-samples.js';
import { COUNTER_FORMS } from '../counters/forms/index.js';
import { forEachLine, headLines } from '../input/lines.js';
import { ofHead } from '../input/of-head.js';
import type { AboutKind, Reader, ReadOptions } from '../raw/reader.js';
import type { Input } from '../input/input.js';
import type { Sink } from '../raw/sink.js';
import { withoutControls } from './console-line.js';
import { formOf, type LineForm } from './line-form.js';
import { isRedrawn, Screen } from './redrawn-screen.js';
import { figureNamed } from './table-size.js';
import { Transcript } from './transcript.js';

/** Lines looked at to tell what an input is. */
const LOOKED_AT = 400;

const KINDS: readonly { kind: string; title: string; form: string; about: AboutKind }[] = [
  {
    kind: 'conntrack-stats',
    title: 'conntrack counters (conntrack -S)',
    form: 'stats',
    about: {
      sample:
        'cpu=0 found=12 invalid=1 insert=0 insert_failed=19 drop=19 early_drop=0 error=0 search_restart=3',
      from: '`while sleep 1; do date; conntrack -S; done` on a node',
      gives: 'counters',
      proves: 'the race (`conntrack-race`) and a full table (`conntrack-table-full`), beside what was lost',
    },
  },
  {
    kind: 'conntrack-procfs',
    title: 'conntrack counters (/proc/net/stat/nf_conntrack)',
    form: 'procfs',
    about: {
      sample: 'entries clashres found new invalid ignore delete chainlength insert insert_failed drop ...',
      whole: 'entries  clashres found new invalid\n00000021  000000cd 0000000a 00000000 000000ff',
      from: '`cat /proc/net/stat/nf_conntrack` on a node',
      gives: 'counters',
      proves: 'as conntrack -S, and how many entries there are',
    },
  },
  {
    kind: 'conntrack-count',
    title: "the conntrack table's size and limit (sysctl)",
    form: 'size',
    about: {
      sample: 'net.netfilter.nf_conntrack_count = 65536',
      from: '`sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max` on a node',
      gives: 'counters',
      proves: 'how full the table is (`conntrack-table-full`)',
    },
  },
  {
    kind: 'conntrack-flows',
    title: 'conntrack flows (conntrack -L or -E)',
    form: 'flow',
    about: {
      sample: 'udp 17 29 src=10.0.0.1 dst=10.96.0.10 sport=40000 dport=53 [UNREPLIED] src=10.0.1.1 ...',
      from: '`conntrack -L -p udp --dport 53`, `conntrack -E`, /proc/net/nf_conntrack',
      gives: 'flows',
      proves:
        'that flows are led to a server that replies to none, is gone, or to no server (`dead-backend`, `stale-conntrack`)',
    },
  },
  {
    kind: 'kernel-log',
    title: "the kernel's log",
    form: 'kernel',
    about: {
      sample: '[Tue Mar  3 10:00:01 2026] nf_conntrack: table full, dropping packet',
      from: '`dmesg -T`, `journalctl -k` on a node',
      gives: 'events',
      proves:
        'a full table, bad checksums of an overlay, a full table of neighbours, IPVS without a server, servers killed for want of memory',
    },
  },
  {
    kind: 'node-exporter',
    title: "node_exporter's metrics",
    form: 'metric',
    about: {
      sample: 'node_nf_conntrack_entries 65536',
      from: '`curl http://NODE:9100/metrics`',
      gives: 'counters',
      proves: 'as the counters that it copies',
    },
  },
  ...COUNTER_FORMS.map(({ kind, title, about }) => ({ kind, title, form: kind, about })),
];

/**
 * The readers of what tools print of a node: of its conntrack table, its other counters and its kernel's log. Each reads
 * all of the forms, since they come mixed in one transcript; the kind says which of them is the most frequent.
 */
export const conntrackReaders: readonly Reader[] = KINDS.map(({ kind, title, form, about }) => ({
  kind,
  title,
  about,
  namedByPath: true,
  sniff: (head: Uint8Array, path: string) => sniff(form, head, path),
  read,
}));

/** What the first lines of an input are. */
const tallyOf = ofHead((head) => {
  const tally = new Map<string, number>();
  const forms = COUNTER_FORMS.map((form) => ({ kind: form.kind, reader: form.reader() }));
  const lines = headLines(head).map(withoutControls);
  for (const line of lines.filter((text) => text.trim() !== '').slice(0, LOOKED_AT)) {
    const own = formOf(line);
    const counter = isOpen(own) ? forms.find(({ reader }) => readLine([reader], line))?.kind : undefined;
    const form = counter ?? own;
    tally.set(form, (tally.get(form) ?? 0) + 1);
  }
  return tally;
});

/** Whether a line may still be one of counters that are not conntrack's. */
function isOpen(form: LineForm): boolean {
  return form === 'unknown' || form === 'neutral';
}

function sniff(form: string, head: Uint8Array, path: string): number {
  const tally = tallyOf(head);
  const of = (name: string) => tally.get(name) ?? 0;
  let winner: string | null = null;
  for (const kind of KINDS) if (of(kind.form) > (winner ? of(winner) : 0)) winner = kind.form;
  // Bare numbers from `cat` say what they are by the name of their file only.
  if (winner === null && figureNamed(path) && of('neutral') > 0) winner = 'size';
  if (winner !== form) return 0;
  const all = [...tally.values()].reduce((sum, count) => sum + count, 0);
  return 1 - of('unknown') / all;
}

async function read(input: Input, sink: Sink, options: ReadOptions): Promise<void> {
  const transcript = new Transcript(sink, options.ports, Date.now() / 1000, input.path);
  if (isRedrawn(new TextDecoder().decode(input.head))) return readScreen(input, transcript);
  const isEnded = await forEachLine(input.chunks, (text, number) => transcript.take(text, number));
  transcript.finish(isEnded);
}

/** Reads what `watch` drew: each frame's lines stand at the line of the input where the frame ends. */
async function readScreen(input: Input, transcript: Transcript): Promise<void> {
  let line = 1;
  const screen = new Screen((lines) => {
    for (const text of lines) transcript.take(text, line);
  });
  const decoder = new TextDecoder();
  for await (const chunk of input.chunks) {
    for (const part of decoder.decode(chunk, { stream: true }).split(/(?<=\n)/)) {
      screen.push(part);
      if (part.endsWith('\n')) line++;
    }
  }
  screen.finish();
  transcript.finish(true);
}
