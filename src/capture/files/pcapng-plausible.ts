import { BIG_ENDIAN, type ByteOrder, LITTLE_ENDIAN, u32, u32le } from '../packet/bytes.js';
import { MAX_PACKET } from './pcap-record.js';
import {
  ENHANCED_PACKET,
  INTERFACE_DESCRIPTION,
  INTERFACE_STATISTICS,
  MAX_BLOCK,
  NAME_RESOLUTION,
  PACKET,
  SECTION_HEADER,
  SIMPLE_PACKET,
} from './pcapng-block-types.js';

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

/** Bytes of a block's head that `isPlausibleBlock` looks at. */
export const PLAUSIBLE_HEAD = 28;
/** Longest options behind a packet or in the description of an interface that are believed while a block's place is in doubt. */
const MAX_OPTIONS = 1 << 16;
/** Descriptions of interfaces that may have been lost with what was damaged. */
const LOST_INTERFACES = 16;

/** The byte order of a section that begins at `at`, or null if none does. */
export function sectionOrderAt(bytes: Uint8Array, at: number): ByteOrder | null {
  if (at + 12 > bytes.length || u32(bytes, at) !== SECTION_HEADER) return null;
  if (u32le(bytes, at + 8) === BYTE_ORDER_MAGIC) return LITTLE_ENDIAN;
  return u32(bytes, at + 8) === BYTE_ORDER_MAGIC ? BIG_ENDIAN : null;
}

/**
 * Whether a block that is no section's may begin at `at`, by its first PLAUSIBLE_HEAD bytes: its type, a length that fits
 * what its kind holds, and of a packet its own lengths and an interface of the section, which has described `interfaces`.
 */
export function isPlausibleBlock(
  bytes: Uint8Array,
  at: number,
  order: ByteOrder,
  interfaces: number,
): boolean {
  const length = order.u32(bytes, at + 4);
  if ((length & 3) !== 0 || length < 16 || length > MAX_BLOCK) return false;
  switch (order.u32(bytes, at)) {
    case INTERFACE_DESCRIPTION:
      return length >= 20 && length <= MAX_OPTIONS && order.u16(bytes, at + 10) === 0;
    case PACKET:
      return holds(bytes, at, order, length) && order.u16(bytes, at + 8) < interfaces + LOST_INTERFACES;
    case SIMPLE_PACKET:
      return length <= 16 + ((order.u32(bytes, at + 8) + 3) & ~3);
    case NAME_RESOLUTION:
      return length <= MAX_OPTIONS && order.u16(bytes, at + 8) <= 2;
    case INTERFACE_STATISTICS:
      return length >= 24 && order.u32(bytes, at + 8) < interfaces + LOST_INTERFACES;
    case ENHANCED_PACKET:
      return holds(bytes, at, order, length) && order.u32(bytes, at + 8) < interfaces + LOST_INTERFACES;
    default:
      return false;
  }
}

/** Whether a packet's captured bytes fill its block but for options. */
function holds(bytes: Uint8Array, at: number, order: ByteOrder, length: number): boolean {
  const captured = order.u32(bytes, at + 20);
  const filled = 32 + ((captured + 3) & ~3);
  const onWire = order.u32(bytes, at + 24);
  return captured <= MAX_PACKET && captured <= onWire && filled <= length && length <= filled + MAX_OPTIONS;
}
