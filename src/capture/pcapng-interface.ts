import { type ByteOrder, LITTLE_ENDIAN } from './bytes.js';
import { PcapngClock } from './pcapng-time.js';

const IF_NAME = 2;
const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;
const MICROSECONDS = 6;

/** One interface of a pcapng section. */
export interface PcapngInterface {
  readonly linkType: number;
  /** Octets kept of a packet, 0 for all. */
  readonly snapLength: number;
  readonly clock: PcapngClock;
  /** Id of the name in texts, 0 without a name. */
  readonly nameId: number;
}

/** Walks the options at `bytes[at..end)`; stops at the last one, or where one would run past the end. */
function forEachOption(
  bytes: Uint8Array,
  at: number,
  end: number,
  order: ByteOrder,
  visit: (code: number, from: number, to: number) => void,
): void {
  while (at + 4 <= end) {
    const code = order.u16(bytes, at);
    const length = order.u16(bytes, at + 2);
    if (code === 0 || at + 4 + length > end) return;
    visit(code, at + 4, at + 4 + length);
    at += 4 + ((length + 3) & ~3);
  }
}

/** Reads the body of an Interface Description Block, `bytes[at..end)` with 8 bytes at least. */
export function readInterface(
  bytes: Uint8Array,
  at: number,
  end: number,
  order: ByteOrder,
  idOfText: (text: string) => number,
): PcapngInterface {
  let name: string | null = null;
  let resolution = MICROSECONDS;
  let offset = 0;
  forEachOption(bytes, at + 8, end, order, (code, from, to) => {
    if (code === IF_NAME && to > from) name = textOf(bytes, from, Math.min(to, from + 256));
    if (code === IF_TSRESOL && to - from >= 1) resolution = bytes[from]!;
    if (code === IF_TSOFFSET && to - from >= 8) offset = signed64(bytes, from, order);
  });
  return {
    linkType: order.u16(bytes, at),
    snapLength: order.u32(bytes, at + 4),
    clock: new PcapngClock(resolution, offset),
    nameId: name === null ? 0 : idOfText(name),
  };
}

/** UTF-8, up to a terminating zero that some writers add. */
function textOf(bytes: Uint8Array, from: number, to: number): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
  const zero = text.indexOf('\0');
  return zero < 0 ? text : text.slice(0, zero);
}

function signed64(bytes: Uint8Array, at: number, order: ByteOrder): number {
  const first = order.u32(bytes, at);
  const second = order.u32(bytes, at + 4);
  const [high, low] = order === LITTLE_ENDIAN ? [second | 0, first] : [first | 0, second];
  return high * 4294967296 + low;
}
