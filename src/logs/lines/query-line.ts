import { findByte, findLastByte } from './find-byte.js';
import type { Instant } from '../../base/time/instant.js';
import { PROTOCOL } from '../../raw/tables/wire.js';
import { AddressText } from './address-text.js';
import { DurationText } from './duration.js';
import { classMnemonics, rcodeMnemonics, typeMnemonics } from './mnemonics.js';
import { NameText } from './name-text.js';
import { readCommonLogTime } from '../timestamps.js';

const { udp: UDP, tcp: TCP } = PROTOCOL;
const SPACE = 32;
const QUOTE = 34;
const DASH = 45;
const COLON = 58;
const OPEN = 91;
const CLOSE = 93;

/**
 * A line of CoreDNS's log plugin in the common or combined format of any version (plugin/log/log.go), read
 * from bytes into these fields. Missing numbers are -1, a missing duration is NaN.
 */
export class QueryLine {
  readonly client = new AddressText();
  readonly name: NameText;
  readonly duration = new DurationText();
  readonly date: Instant = { seconds: 0, nanos: 0 };
  hasName = false;
  hasDate = false;
  hasDuration = false;
  /** The line ends within its duration, of which nothing can be told. */
  isCut = false;
  port = -1;
  txid = -1;
  type = -1;
  class = -1;
  protocol = -1;
  requestBytes = -1;
  dnssecOk = -1;
  ednsSize = -1;
  opcode = -1;
  rcode = -1;
  flagsStart = 0;
  flagsEnd = 0;
  responseBytes = -1;
  private value = 0;

  constructor(seed: number) {
    this.name = new NameText(seed);
  }

  /** Forgets the last line. */
  clear(): void {
    this.client.length = 0;
    this.hasName = this.hasDate = this.hasDuration = this.isCut = false;
    this.port = this.txid = this.type = this.class = this.protocol = this.requestBytes = -1;
    this.dnssecOk = this.ednsSize = this.opcode = this.rcode = this.responseBytes = -1;
    this.flagsStart = this.flagsEnd = 0;
  }

  /** Reads the line `bytes[at..end)`, its level already taken off; false if it is no whole query line. */
  read(bytes: Uint8Array, at: number, end: number): boolean {
    this.clear();
    at = this.readClient(bytes, at, end);
    if (at < 0) return false;
    const afterId = this.readId(bytes, at, end);
    if (afterId < 0) return false;
    at = this.readQuestion(bytes, afterId, end);
    return at >= 0 && this.readReply(bytes, at, end);
  }

  /** Whether a line that `read` did not take begins like one: it was cut or damaged. */
  beginsLikeQuery(bytes: Uint8Array, at: number, end: number): boolean {
    this.clear();
    at = this.readClient(bytes, at, end);
    return at >= 0 && (this.readId(bytes, at, end) >= 0 || (at === end && this.port >= 0));
  }

  /** Reads `ADDRESS`, `ADDRESS:PORT` or `[ADDRESS]:PORT`; what stands where an address was (a redaction) is no client. */
  private readClient(bytes: Uint8Array, at: number, end: number): number {
    let p = -1;
    const client = this.client;
    if (bytes[at]! >= 48 && bytes[at]! <= 57) p = client.readIPv4(bytes, at, end);
    else if (bytes[at] === OPEN) {
      const close = findByte(bytes, CLOSE, at, end);
      if (close < 0) return -1;
      client.readIPv6(bytes, at + 1, close);
      p = close + 1;
    }
    if (p < 0) {
      // A bare IPv6 address (to 1.0.x), or anything with a port.
      const stop = blankAfter(bytes, at, Math.min(end, at + 256));
      if (stop === at) return -1;
      if (client.readIPv6(bytes, at, stop)) return stop;
      p = findLastByte(bytes, COLON, at, stop);
      if (p <= at) return -1;
    }
    if (bytes[p] !== COLON) return p;
    p = this.readNumber(bytes, p + 1, end);
    this.port = this.value;
    return this.value > 65535 ? -1 : p;
  }

  /** Reads ` - `, a date (to 1.2.5) and the ID (from 1.0.5). */
  private readId(bytes: Uint8Array, at: number, end: number): number {
    if (bytes[at] !== SPACE) return -1;
    if (bytes[at + 1] === DASH) at += 3;
    else if (bytes[at + 1] === 0xe2 && bytes[at + 2] === 0x80 && bytes[at + 3] === 0x93) at += 5;
    else return -1;
    if (bytes[at - 1] !== SPACE || at >= end) return -1;
    if (bytes[at] === OPEN) {
      at = readCommonLogTime(bytes, at + 1, end, this.date);
      if (at < 0 || bytes[at] !== CLOSE || bytes[at + 1] !== SPACE) return -1;
      this.hasDate = true;
      at += 2;
      if (bytes[at] === QUOTE) return at;
    }
    at = this.readNumber(bytes, at, end);
    if (at < 0 || at >= end || bytes[at] !== SPACE || this.value > 65535) return -1;
    this.txid = this.value;
    return at + 1;
  }

  /** Reads `"TYPE CLASS NAME PROTO SIZE DO BUFSIZE"`; without a question TYPE and CLASS are empty. */
  private readQuestion(bytes: Uint8Array, at: number, end: number): number {
    let p = bytes[at] === QUOTE ? at + 1 : afterQuote(bytes, at);
    let stop = blankAfter(bytes, p, end);
    if (stop === end) return -1;
    this.type = typeMnemonics.code(bytes, p, stop);
    const isEmpty = stop === p;
    p = stop + 1;
    stop = blankAfter(bytes, p, end);
    if (stop === end) return -1;
    const isInternet = bytes[p] === 73 && bytes[p + 1] === 78 && stop === p + 2;
    this.class = isInternet ? 1 : classMnemonics.code(bytes, p, stop);
    p = this.name.read(bytes, stop + 1, end);
    if (p < 0 || end - p < 5) return -1;
    this.hasName = !isEmpty;
    if (bytes[p + 1] === 117 && bytes[p + 2] === 100 && bytes[p + 3] === 112) this.protocol = UDP;
    else if (bytes[p + 1] === 116 && bytes[p + 2] === 99 && bytes[p + 3] === 112) this.protocol = TCP;
    else return -1;
    p = this.readNumber(bytes, p + 5, end);
    if (p < 0) return -1;
    this.requestBytes = this.value;
    this.dnssecOk = bytes[p + 1] === 116 ? 1 : 0;
    p += this.dnssecOk ? 6 : 7;
    if (bytes[p - 1] !== SPACE) return -1;
    p = this.readNumber(bytes, p, end);
    if (p < 0) return -1;
    this.ednsSize = this.value;
    p = afterQuote(bytes, p);
    return p < end && bytes[p] === SPACE ? p + 1 : -1;
  }

  /** Reads `RCODE FLAGS SIZE DURATION` and, in the combined format, ` "OPCODE"`. */
  private readReply(bytes: Uint8Array, at: number, end: number): boolean {
    let stop = blankAfter(bytes, at, end);
    if (stop === at || stop === end) return false;
    const isMissing = bytes[at] === DASH && stop === at + 1;
    this.rcode = isMissing ? -1 : rcodeMnemonics.code(bytes, at, stop);
    if (!isMissing && this.rcode < 0) return false;
    let p = stop + 1;
    // Builds of 2017 have no flags: the size follows.
    if (bytes[p]! < 48 || bytes[p]! > 57) {
      stop = blankAfter(bytes, p, end);
      if (stop === end || stop - p > 64) return false;
      this.flagsStart = p;
      this.flagsEnd = bytes[p] === DASH ? p : stop;
      p = stop + 1;
    }
    p = this.readNumber(bytes, p, end);
    if (p < 0 || bytes[p] !== SPACE) return false;
    this.responseBytes = this.value;
    const from = p + 1;
    p = this.duration.read(bytes, from, end);
    if (p < 0 && endsInNumber(bytes, from, end)) return (this.isCut = true);
    if (p < 0 || (p < end && bytes[p] !== SPACE && bytes[p] !== 9)) return false;
    this.hasDuration = true;
    if (p + 2 < end && bytes[p + 1] === QUOTE) {
      const after = this.readNumber(bytes, p + 2, end);
      if (after > 0 && bytes[after] === QUOTE && this.value < 16) this.opcode = this.value;
    }
    return true;
  }

  /** Reads a decimal number of up to 9 digits into `value`; the index after it, or -1. */
  private readNumber(bytes: Uint8Array, at: number, end: number): number {
    let value = 0;
    const from = at;
    for (; at < end; at++) {
      const digit = bytes[at]! - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      value = (value * 10 + digit) | 0;
    }
    this.value = value;
    return at === from || at - from > 9 ? -1 : at;
  }
}

/** Whether digits and points are all that is left, as where a paste ends within a duration: `0.0024`, `0.00...`. */
function endsInNumber(bytes: Uint8Array, at: number, end: number): boolean {
  for (let i = at; i < end; i++) {
    const octet = bytes[i]!;
    if (octet !== 46 && !(octet >= 48 && octet <= 57)) return false;
  }
  return end > at;
}

/** Where the next blank is, or `end`. */
function blankAfter(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && bytes[at] !== SPACE) at++;
  return at;
}

/** Passes over a quotation mark, straight or curly (as web pages make of it), or none. */
function afterQuote(bytes: Uint8Array, at: number): number {
  if (bytes[at] === QUOTE) return at + 1;
  const isCurly = bytes[at] === 0xe2 && bytes[at + 1] === 0x80 && (bytes[at + 2]! | 1) === 0x9d;
  return isCurly ? at + 3 : at;
}
