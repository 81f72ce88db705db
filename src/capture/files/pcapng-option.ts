import type { ByteOrder } from '../packet/bytes.js';

/**
 * Finds the option `code` among those at `bytes[at..end)` (draft-ietf-opsawg-pcapng, 3.5): the index of its value,
 * which has `least` octets or more and ends before `end`; -1 where there is none. The value's length is the 16 bits
 * before it. An option that would run past the end is the last.
 */
export function findOption(
  bytes: Uint8Array,
  at: number,
  end: number,
  order: ByteOrder,
  code: number,
  least: number,
): number {
  while (at + 4 <= end) {
    const found = order.u16(bytes, at);
    const length = order.u16(bytes, at + 2);
    if (found === 0 || at + 4 + length > end) return -1;
    if (found === code && length >= least) return at + 4;
    at += 4 + ((length + 3) & ~3);
  }
  return -1;
}
