import { finishHash, FNV_PRIME, hashBytes } from '../../raw/hash.js';
import { PLAIN, writeEscape } from '../../base/label-text.js';
import { digits } from '../timestamps.js';

const SPACE = 32;
const DOT = 46;
const BACKSLASH = 92;

/** 255 octets, each as `\DDD` (RFC 1035, 3.1); what is longer is no name. */
export const LONGEST_TEXT = 4 * 255;

/** 1 for the bytes that stay as they are, dots between labels included. */
const UNCHANGED = PLAIN.map((plain, byte) => (plain === byte || byte === DOT ? 1 : 0));
UNCHANGED[0] = 0;

/** Reads names as CoreDNS writes them into the store's presentation form (no trailing dot, fewer escapes). */
export class NameText {
  /** The last name read is `bytes[start..end)`: in the line itself where it needed no change. */
  bytes: Uint8Array;
  start = 0;
  end = 0;
  /** hashBytes of the last name. */
  hash = 0;
  private readonly text = new Uint8Array(4 * LONGEST_TEXT + 4);

  constructor(private readonly seed: number) {
    this.bytes = this.text;
  }

  /** Reads the name at `at`, up to a blank or `end`; the index after it, or -1 if it is none. */
  read(bytes: Uint8Array, at: number, end: number): number {
    const prime = FNV_PRIME;
    let hash = this.seed | 0;
    let before = hash;
    let p = at;
    while (p < end) {
      const byte = bytes[p]!;
      if (UNCHANGED[byte] === 0) {
        if (byte === SPACE) break;
        return this.rewrite(bytes, at, end);
      }
      before = hash;
      hash = Math.imul(hash ^ byte, prime);
      p++;
    }
    const length = p - at;
    if (length === 0 || length > LONGEST_TEXT) return -1;
    const isDotted = length > 1 && bytes[p - 1] === DOT;
    this.bytes = bytes;
    this.start = at;
    this.end = isDotted ? p - 1 : p;
    this.hash = finishHash(isDotted ? before : hash);
    return p;
  }

  /** Reads a name that has capitals or escapes. */
  private rewrite(bytes: Uint8Array, at: number, end: number): number {
    const text = this.text;
    const from = at;
    let length = 0;
    for (; at < end && bytes[at] !== SPACE; at++) {
      if (at - from > LONGEST_TEXT) return -1;
      const byte = bytes[at]!;
      if (byte === DOT) {
        const isLast = at + 1 === end || bytes[at + 1] === SPACE;
        if (!isLast || length === 0) text[length++] = DOT;
        continue;
      }
      let octet = byte;
      if (byte === BACKSLASH) {
        const code = at + 3 < end ? digits(bytes, at + 1, 3) : -1;
        if (code > 255 || at + 1 >= end) return -1;
        octet = code >= 0 ? code : bytes[at + 1]!;
        at += code >= 0 ? 3 : 1;
      }
      if (PLAIN[octet] !== 0) text[length++] = PLAIN[octet]!;
      else length = writeEscape(text, length, octet);
    }
    this.bytes = text;
    this.start = 0;
    this.end = length;
    this.hash = hashBytes(text, 0, length, this.seed);
    return at;
  }
}
