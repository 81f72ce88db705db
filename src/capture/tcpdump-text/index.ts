import { forEachLine, headLines } from '../../input/lines.js';
import type { Reader, ReadOptions } from '../../raw/reader.js';
import type { Input } from '../../input/input.js';
import { isPrompt } from '../../input/paste/shell-prompt.js';
import { isToolLine } from '../../input/tool-line.js';
import type { Sink } from '../../raw/sink.js';
import { readHead } from './packet-head.js';
import { Packets } from './packets.js';
import { offsetsOf, Timeline } from '../printed/timeline.js';

/** Lines looked at to tell what an input is. */
const LOOKED_AT = 200;
const LONGEST_LINE = 262144;
const FURNITURE =
  /^(?:tcpdump: |reading from |listening on |dropped privs|\d+ packets? (?:captured|received by filter)|\d+ packets? dropped by |Got \d+|\^C|[\w@.:~/[\]-]{0,80} ?[#$] .{0,20}tcpdump )/;
/** What kubectl logs and its like put before a line of a pod that runs tcpdump: the pod, the time of the log. */
const LOG_PREFIX =
  /^(?:\[[\w./-]{1,200}\] |(?:pod\/)?[\w./-]{1,200} )?(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z )?(?=(?:\d\d:\d\d:\d\d\.\d{6} |\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6} |\d{10}\.\d{6} ))/;
/** A time of tcpdump's own, with which most lines begin. */
const OWN_TIME = /^\s*(?:\d{1,9}\s{2})?[ -]?(?:\d\d:\d\d:\d\d|\d{4}-\d\d-\d\d \d|\d{9,10}\.\d|IP)/;
const DROPPED = /^(\d+) packets? dropped by (?:kernel|interface)/;
const HEX_DUMP = /^\t0x[\da-f]{4}:/;

/** Lines that tcpdump printed, with any of its -t, -e, -v and -# options. */
export const tcpdumpTextReader: Reader = {
  kind: 'tcpdump-text',
  title: 'lines that tcpdump printed',
  about: {
    sample: '10:11:12.100001 IP 10.0.0.1.40000 > 10.96.0.10.53: 4660+ A? example.com. (29)',
    from: '`tcpdump -nn -tttt port 53`; with -v, -e, -ttt or without times too',
    gives: 'capture',
    proves: 'as a capture, as far as times and addresses are printed',
  },
  isCapture: true,
  sniff,
  read,
};

function sniff(head: Uint8Array): number {
  const lines = headLines(head)
    .filter((line) => line.trim() !== '' && !isToolLine(line))
    .map(withoutPrefix)
    .slice(0, LOOKED_AT);
  const heads = lines.filter((line) => readHead(line) !== null);
  if (heads.length === 0 || !heads.some((line) => / > |\bARP\b|\(tos 0x/.test(line))) return 0;
  const known = lines.filter(
    (line) => /^(?:\t|\s{4})/.test(line) || FURNITURE.test(line) || readHead(line) !== null,
  );
  return known.length / lines.length;
}

function withoutPrefix(line: string): string {
  return OWN_TIME.test(line) ? line : line.replace(LOG_PREFIX, '');
}

async function read(input: Input, sink: Sink, options: ReadOptions): Promise<void> {
  const heads = headLines(input.head)
    .map((line) => readHead(withoutPrefix(line)))
    .filter((head) => head !== null);
  const packets = new Packets(sink, options.ports, new Timeline(sink, offsetsOf(heads)));
  await forEachLine(
    input.chunks,
    (text, number) => {
      // Terminals and forums pad lines; tcpdump ends none with a blank.
      const line = withoutPrefix(text.trimEnd());
      if (line === '' || HEX_DUMP.test(line) || packets.take(line, number)) return;
      const dropped = DROPPED.exec(line);
      if (dropped && dropped[1] !== '0') {
        const detail =
          'tcpdump says that packets were dropped before it saw them; what is missing here may have been on the wire.';
        sink.problem({ code: 'packets-dropped', detail, position: `line ${number}` });
      }
      if (FURNITURE.test(line) || isToolLine(text) || isPrompt(line)) return;
      if (packets.takeWrapped(line)) return;
      const detail = 'A line is of no form that tcpdump prints; it was passed over.';
      sink.problem({ code: 'unknown-line', detail, position: `line ${number}` });
    },
    LONGEST_LINE,
  );
  packets.finish();
}
