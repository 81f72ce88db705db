import { FNV_PRIME, finishHash } from '../../raw/hash.js';
import { PLAIN, writeEscape } from '../../base/label-text.js';

/** Longest name in octets, length bytes included (RFC 1035, 3.1). */
export const MAX_NAME_OCTETS = 255;
/** More pointers than a name can have labels serve only an attack. */
const MAX_POINTERS = 127;
const DOT = 46;

/**
 * Reads names of messages into presentation form: lower case, no trailing dot, `\.` and `\\` for a dot and a
 * backslash inside a label, `\DDD` for what does not print (RFC 4343, 2.1); the root is `.`.
 */
export class NameReader {
  /** The last name read is `text[0..length)`: 255 octets, four characters each at most. */
  readonly text = new Uint8Array(4 * MAX_NAME_OCTETS);
  length = 0;
  /** hashBytes of the last name. */
  hash = 0;
  /** Whether the last name stood there whole, without a compression pointer. */
  isWhole = false;

  constructor(private readonly seed: number) {}

  /**
   * Reads the name at `at` of the message that starts at `start`; no byte at or after `end` is touched.
   * Returns where the name ends in place, or -1 if it is malformed. Compression pointers must go to a prior
   * place (RFC 1035, 4.1.4), so that no chain can loop.
   */
  read(bytes: Uint8Array, start: number, at: number, end: number): number {
    const text = this.text;
    let length = 0;
    let hash = this.seed | 0;
    let octets = 1;
    let after = -1;
    let lowest = at;
    let pointers = 0;
    for (;;) {
      if (at >= end) return -1;
      const label = bytes[at]!;
      if (label === 0) break;
      if (label >= 0xc0) {
        if (at + 1 >= end) return -1;
        if (after < 0) after = at + 2;
        const target = start + (((label & 0x3f) << 8) | bytes[at + 1]!);
        if (target >= lowest || ++pointers > MAX_POINTERS) return -1;
        at = lowest = target;
        continue;
      }
      octets += label + 1;
      const labelEnd = at + 1 + label;
      if (label > 63 || octets > MAX_NAME_OCTETS || labelEnd > end) return -1;
      if (length > 0) {
        text[length++] = DOT;
        hash = Math.imul(hash ^ DOT, FNV_PRIME);
      }
      for (at++; at < labelEnd; at++) {
        const plain = PLAIN[bytes[at]!]!;
        if (plain !== 0) {
          text[length++] = plain;
          hash = Math.imul(hash ^ plain, FNV_PRIME);
          continue;
        }
        const from = length;
        length = writeEscape(text, length, bytes[at]!);
        for (let i = from; i < length; i++) hash = Math.imul(hash ^ text[i]!, FNV_PRIME);
      }
    }
    if (length === 0) {
      text[length++] = DOT;
      hash = Math.imul(hash ^ DOT, FNV_PRIME);
    }
    this.length = length;
    this.hash = finishHash(hash);
    this.isWhole = after < 0;
    return after < 0 ? at + 1 : after;
  }
}

/** Where the name at `at` ends, without reading what it says; -1 if it runs past `end`. */
export function skipName(bytes: Uint8Array, at: number, end: number): number {
  while (at < end) {
    const label = bytes[at]!;
    if (label === 0) return at + 1;
    if (label >= 0xc0) return at + 2 <= end ? at + 2 : -1;
    if (label > 63) return -1;
    at += 1 + label;
  }
  return -1;
}
