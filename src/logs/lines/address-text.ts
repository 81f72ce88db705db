import { findByte } from './find-byte.js';

const DOT = 46;
const COLON = 58;
const PERCENT = 37;

/** Reads addresses in text form from bytes, IPv4-mapped IPv6 as IPv4 (RFC 4291, 2.2 and 2.5.5.2). */
export class AddressText {
  /** The last address read is `bytes[0..length)`, in network order. */
  readonly bytes = new Uint8Array(16);
  /** 4, 16, or 0 if it was none. */
  length = 0;

  /** Reads the dotted quad at `at`; the index after it, or -1. */
  readIPv4(text: Uint8Array, at: number, end: number): number {
    let octet = 0;
    let digitCount = 0;
    let count = 0;
    this.length = 0;
    for (; at <= end; at++) {
      const byte = at < end ? text[at]! : 0;
      if (byte >= 48 && byte <= 57) {
        octet = octet * 10 + byte - 48;
        if (++digitCount > 3) return -1;
        continue;
      }
      if (digitCount === 0 || octet > 255) return -1;
      this.bytes[count++] = octet;
      if (byte !== DOT || count === 4) break;
      octet = 0;
      digitCount = 0;
    }
    if (count !== 4) return -1;
    this.length = 4;
    return at;
  }

  /** Whether exactly `text[at..end)` is an IPv6 address, a zone after `%` left out. */
  readIPv6(text: Uint8Array, at: number, end: number): boolean {
    const out = this.bytes;
    let gap = -1;
    let count = 0;
    this.length = 0;
    const zone = findByte(text, PERCENT, at, end);
    if (zone > at) end = zone;
    if (end - at < 2 || end - at > 45) return false;
    if (text[at] === COLON) {
      if (text[at + 1] !== COLON) return false;
      gap = 0;
      at += 2;
    }
    while (at < end) {
      let group = 0;
      const from = at;
      let digit = hexDigit(text[at]!);
      for (; at < end && digit >= 0 && at - from < 4; digit = hexDigit(text[++at]!))
        group = (group << 4) | digit;
      if (at === from || count > 14) return false;
      if (at < end && text[at] === DOT) {
        if (count > 12) return false;
        return this.endWithIPv4(text, from, end, count, gap);
      }
      out[count++] = group >> 8;
      out[count++] = group & 255;
      if (at === end) break;
      if (text[at++] !== COLON || at === end) return false;
      if (text[at] !== COLON) continue;
      if (gap >= 0) return false;
      gap = count;
      at++;
    }
    return this.spread(count, gap);
  }

  private endWithIPv4(text: Uint8Array, at: number, end: number, count: number, gap: number): boolean {
    const head = this.bytes.slice(0, count);
    if (this.readIPv4(text, at, end) !== end) {
      this.length = 0;
      return false;
    }
    const quad = this.bytes.slice(0, 4);
    this.length = 0;
    this.bytes.set(head);
    this.bytes.set(quad, count);
    return this.spread(count + 4, gap);
  }

  /** Opens the gap that `::` stands for, and takes IPv4-mapped addresses apart. */
  private spread(count: number, gap: number): boolean {
    const out = this.bytes;
    if (gap < 0 ? count !== 16 : count > 14) return false;
    if (gap >= 0) {
      out.copyWithin(16 - (count - gap), gap, count);
      out.fill(0, gap, 16 - (count - gap));
    }
    this.length = 16;
    if (out[10] !== 255 || out[11] !== 255) return true;
    for (let i = 0; i < 10; i++) if (out[i] !== 0) return true;
    out.copyWithin(0, 12, 16);
    this.length = 4;
    return true;
  }
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
