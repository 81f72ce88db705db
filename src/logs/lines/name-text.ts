import { FNV_PRIME, finishHash } from '../../store/hash.js';
import { PLAIN, writeEscape } from '../../store/label-text.js';
import { digits } from '../timestamps.js';

const SPACE = 32;
const DOT = 46;
const BACKSLASH = 92;

/** 255 octets, each as `\DDD` (RFC 1035, 3.1); what is longer is no name. */
const LONGEST_TEXT = 4 * 255;

/** Reads names as CoreDNS writes them into the store's presentation form (no trailing dot, fewer escapes). */
export class NameText {
  /** The last name read is `text[0..length)`. */
  readonly text = new Uint8Array(4 * LONGEST_TEXT + 4);
  length = 0;
  /** hashBytes of the last name. */
  hash = 0;

  constructor(private readonly seed: number) {}

  /** Reads the name at `at`, up to a blank or `end`; the index after it, or -1 if it is none. */
  read(bytes: Uint8Array, at: number, end: number): number {
    const text = this.text;
    const limit = Math.min(end, at + LONGEST_TEXT);
    let length = 0;
    let hash = this.seed | 0;
    for (; at < limit; at++) {
      const byte = bytes[at];
      let plain = PLAIN[byte];
      if (plain === 0) {
        if (byte === SPACE) break;
        if (byte === DOT) {
          const isLast = at + 1 === end || bytes[at + 1] === SPACE;
          if (isLast && length > 0) continue;
          plain = DOT;
        }
      }
      if (plain !== 0) {
        text[length++] = plain;
        hash = Math.imul(hash ^ plain, FNV_PRIME);
        continue;
      }
      let octet = byte;
      if (byte === BACKSLASH) {
        const code = at + 3 < limit ? digits(bytes, at + 1, 3) : -1;
        if (code > 255 || at + 1 >= limit) return -1;
        octet = code >= 0 ? code : bytes[at + 1];
        at += code >= 0 ? 3 : 1;
      }
      const from = length;
      if (PLAIN[octet] !== 0) text[length++] = PLAIN[octet];
      else length = writeEscape(text, length, octet);
      for (let i = from; i < length; i++) hash = Math.imul(hash ^ text[i], FNV_PRIME);
    }
    if (at === limit && limit < end && bytes[at] !== SPACE) return -1;
    this.length = length;
    this.hash = finishHash(hash);
    return length === 0 ? -1 : at;
  }
}
