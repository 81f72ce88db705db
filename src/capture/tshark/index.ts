import { forEachLine, headLines } from '../../input/lines.js';
import { forEachObject } from '../../input/json-objects.js';
import type { Reader } from '../../raw/reader.js';
import type { Input } from '../../input/input.js';
import type { Sink } from '../../raw/sink.js';
import type { PrintedTime } from '../printed/printed-packet.js';
import { offsetsOf, Timeline } from '../printed/timeline.js';
import { isEkIndex, readJsonPacket } from './json-packet.js';
import { ShownPackets } from './packets.js';
import { readPrintedTime } from './shown-message.js';
import { readSummaryLine } from './summary-line.js';
import { readFieldsRow, readListRow, readTableHeader, type TableHeader } from './table.js';
import { isFrameLine, VerboseFrame } from './verbose.js';

/** Lines looked at to tell what an input is. */
const LOOKED_AT = 200;
const LONGEST_LINE = 1 << 20;
/** Characters of one packet in JSON; a DNS message of 64 KiB with all its fields is shorter. */
const LONGEST_PACKET = 8 << 20;
const JSON_PACKET =
  /^\s*(?:\[\s*)?\{\s*"(?:_index"[\s\S]{0,300}"_source"\s*:\s*\{\s*"layers"|_source"\s*:\s*\{\s*"layers"|index"\s*:[^\n]{0,200}\}\s*(?:\}\s*)?\{\s*"timestamp"|timestamp"\s*:\s*"\d+"\s*,\s*"layers")/;
const FURNITURE = /^(?:Capturing on |Running as user|\d+ packets? captured|\^C|\*\*|tshark: )/;

/** Packets that tshark or Wireshark printed: the packet list, -V, -T fields, -T json, -T ek, and the CSV export. */
export const tsharkReader: Reader = {
  kind: 'tshark',
  title: 'packets that tshark or Wireshark printed',
  about: {
    sample: '    1 0.000000 10.0.0.1 → 10.96.0.10 DNS 71 Standard query 0x1234 A example.com',
    from: "`tshark -r FILE`, with -V, -T fields -E header=y, -T json or -T ek; Wireshark's CSV",
    gives: 'capture',
    proves: 'as a capture, as far as columns and fields are printed; without ports nothing rests on sockets',
  },
  isCapture: true,
  sniff,
  read,
};

function sniff(head: Uint8Array): number {
  const lines = headLines(head).filter((line) => line.trim() !== '');
  const looked = lines.slice(0, LOOKED_AT);
  const first = looked.find((line) => !FURNITURE.test(line));
  if (first === undefined) return 0;
  if (/^\s*[[{]/.test(first)) return JSON_PACKET.test(lines.slice(0, 40).join('\n')) ? 1 : 0;
  if (isFrameLine(first)) return lines.some((line) => /^ {4}\S/.test(line)) ? 1 : 0;
  const header = readTableHeader(first);
  if (header) {
    // what a command asked for is no evidence before lines with these columns follow
    const rows = looked.slice(looked.indexOf(first) + 1);
    return header.isAsked && !rows.some((row) => readFieldsRow(header, row) !== null) ? 0 : 1;
  }
  const known = looked.filter((line) => readSummaryLine(line) !== null);
  const isDns = known.some((line) => / (?:M?DNS|LLMNR|TCP|UDP|ICMP|ARP)\s/.test(line));
  return isDns ? known.length / looked.length : 0;
}

async function read(input: Input, sink: Sink): Promise<void> {
  const lines = headLines(input.head);
  const packets = new ShownPackets(sink, new Timeline(sink, offsetsOf(timesOf(lines))));
  const first = lines.find((line) => line.trim() !== '' && !FURNITURE.test(line)) ?? '';
  if (/^\s*[[{]/.test(first)) await readJson(input, sink, packets);
  else if (lines.some(isFrameLine)) await readVerbose(input, packets);
  else await readRows(input, packets);
  packets.finish();
}

async function readJson(input: Input, sink: Sink, packets: ShownPackets): Promise<void> {
  const isWhole = await forEachObject(input.chunks, {
    object({ text, line }) {
      const messages = readJsonPacket(text);
      if (messages.length > 0) packets.take(messages, line);
      else if (!isEkIndex(text)) packets.unread(line);
    },
    tooLong: (line) => packets.unread(line),
    limit: LONGEST_PACKET,
  });
  if (!isWhole) sink.incomplete('the JSON ends inside a packet');
}

async function readVerbose(input: Input, packets: ShownPackets): Promise<void> {
  let frame: VerboseFrame | null = null;
  let start = 0;
  const end = () => {
    if (frame) packets.take(frame.finish(), start);
  };
  await forEachLine(
    input.chunks,
    (line, number) => {
      if (isFrameLine(line)) {
        end();
        frame = new VerboseFrame();
        start = number;
      }
      if (frame && line.trim() !== '') frame.take(line);
    },
    LONGEST_LINE,
  );
  end();
}

async function readRows(input: Input, packets: ShownPackets): Promise<void> {
  let header: TableHeader | null = null;
  await forEachLine(
    input.chunks,
    (line, number) => {
      if (line.trim() === '' || FURNITURE.test(line)) return;
      const found = readTableHeader(line);
      if (found) {
        header = found;
        return;
      }
      if (header && !header.isList) {
        const packet = readFieldsRow(header, line);
        return packet ? packets.take([packet], number) : packets.unread(number);
      }
      const summary = header ? readListRow(header, line) : readSummaryLine(line);
      if (summary) packets.takeSummary(summary, number);
      else packets.unread(number);
    },
    LONGEST_LINE,
  );
}

/** The times of the first rows of a packet list, which may be from packet to packet. */
function timesOf(lines: readonly string[]): PrintedTime[] {
  const header = lines.map(readTableHeader).find((found) => found?.isList) ?? null;
  return lines.flatMap((line) => {
    const summary = header ? readListRow(header, line) : readSummaryLine(line);
    return (summary && readPrintedTime(summary.time)) ?? [];
  });
}
