import { type ByteOrder, LITTLE_ENDIAN } from '../packet/bytes.js';
import { findOption } from './pcapng-option.js';
import { PcapngClock } from './pcapng-time.js';

const IF_NAME = 2;
const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;
const MICROSECONDS = 6;
const LONGEST_NAME = 256;

/** One interface of a pcapng section. */
export interface PcapngInterface {
  readonly linkType: number;
  /** Octets kept of a packet, 0 for all. */
  readonly snapLength: number;
  readonly clock: PcapngClock;
  /** Id of the name in texts, 0 without a name. */
  readonly nameId: number;
}

/** Reads the body of an Interface Description Block, `bytes[at..end)` with 8 bytes at least. */
export function readInterface(
  bytes: Uint8Array,
  at: number,
  end: number,
  order: ByteOrder,
  idOfText: (text: string) => number,
): PcapngInterface {
  const option = (code: number, least: number) => findOption(bytes, at + 8, end, order, code, least);
  const name = option(IF_NAME, 1);
  const resolution = option(IF_TSRESOL, 1);
  const offset = option(IF_TSOFFSET, 8);
  return {
    linkType: order.u16(bytes, at),
    snapLength: order.u32(bytes, at + 4),
    clock: new PcapngClock(
      resolution < 0 ? MICROSECONDS : bytes[resolution]!,
      offset < 0 ? 0 : signed64(bytes, offset, order),
    ),
    nameId: name < 0 ? 0 : idOfText(textOf(bytes, name, Math.min(order.u16(bytes, name - 2), LONGEST_NAME))),
  };
}

/** UTF-8, up to a terminating zero that some writers add. */
function textOf(bytes: Uint8Array, from: number, length: number): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, length).toString('utf8');
  const zero = text.indexOf('\0');
  return zero < 0 ? text : text.slice(0, zero);
}

function signed64(bytes: Uint8Array, at: number, order: ByteOrder): number {
  const first = order.u32(bytes, at);
  const second = order.u32(bytes, at + 4);
  const [high, low] = order === LITTLE_ENDIAN ? [second | 0, first] : [first | 0, second];
  return high * 4294967296 + low;
}
