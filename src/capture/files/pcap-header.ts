import { BIG_ENDIAN, type ByteOrder, LITTLE_ENDIAN, u32, u32le } from '../packet/bytes.js';

export const FILE_HEADER = 24;

/** What a pcap file's header says. */
export interface PcapHeader {
  readonly order: ByteOrder;
  /** Units of a record's fraction in a second: 1e6 or 1e9. */
  readonly unitsPerSecond: number;
  /** Alexey Kuznetzov's modified form, whose records name interface and packet type. */
  readonly modified: boolean;
  /** LINKTYPE_ value. */
  readonly linkType: number;
}

/** Magic numbers in the writer's byte order. */
const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;
const MODIFIED = 0xa1b2cd34;
const MAGICS = [MICROSECONDS, NANOSECONDS, MODIFIED];

/** The byte order of a file that begins at `at`, or null if no pcap file begins there. */
export function byteOrderAt(bytes: Uint8Array, at: number): ByteOrder | null {
  if (at + 4 > bytes.length) return null;
  if (MAGICS.includes(u32le(bytes, at))) return LITTLE_ENDIAN;
  return MAGICS.includes(u32(bytes, at)) ? BIG_ENDIAN : null;
}

/** Reads the 24 bytes of a file header at `at`, known to begin with a magic number (pcap-savefile(5)). */
export function readHeader(bytes: Uint8Array, at: number, order: ByteOrder): PcapHeader {
  const magic = order.u32(bytes, at);
  return {
    order,
    unitsPerSecond: magic === NANOSECONDS ? 1e9 : 1e6,
    modified: magic === MODIFIED,
    // The upper half tells of frame check sequences, not of the link.
    linkType: order.u32(bytes, at + 20) & 0xffff,
  };
}
