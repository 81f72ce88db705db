import { u16, u32 } from '../../capture/bytes.js';
import { NameReader } from '../../capture/dns-name.js';
import type { PrintedEdns, PrintedMessage, PrintedRecord } from '../../capture/printed/printed-packet.js';
import { textOfRecord } from '../../capture/record-text.js';

const HEADER = 12;
const OPT = 41;
const SOA = 6;
/** Types whose data is a name, or numbers of 16 bits and a name, with how many. */
const NAMES: Readonly<Record<number, number>> = { 2: 0, 5: 0, 12: 0, 39: 0, 15: 1, 33: 3 };
const EDE_OPTION = 15;
const COOKIE_OPTION = 10;
/** Records of one message that are read; 64 KiB hold fewer than this of the smallest. */
const MOST_RECORDS = 6000;

/** Reads a DNS message (RFC 1035, 4.1) off the hot path; null where there is no header or no readable question. */
export function readWireMessage(bytes: Uint8Array): PrintedMessage | null {
  return bytes.length < HEADER ? null : new WireMessage(bytes).read();
}

class WireMessage {
  private readonly names = new NameReader(0);
  private at = HEADER;
  private edns: PrintedEdns | null = null;
  private extendedRcode = 0;
  private isCut = false;

  constructor(private readonly bytes: Uint8Array) {}

  read(): PrintedMessage | null {
    const { bytes } = this;
    const flags = u16(bytes, 2);
    const counts = [4, 6, 8, 10].map((at) => u16(bytes, at)) as [number, number, number, number];
    const question = counts[0] > 0 ? this.question() : null;
    if (counts[0] > 0 && question === null) return null;
    // only the first is kept; what stands behind others cannot be found without them
    for (let i = 1; i < counts[0] && !this.isCut; i++) if (this.question() === null) this.isCut = true;
    const records: PrintedRecord[] = [];
    for (const section of [1, 2, 3]) this.section(section, counts[section]!, records);
    return {
      txid: u16(bytes, 0),
      isResponse: flags >= 0x8000,
      flags,
      rcode: (flags & 15) | (this.extendedRcode << 4),
      question,
      questions: counts[0],
      answers: counts[1],
      authorities: counts[2],
      additionals: counts[3],
      edns: this.edns,
      records,
      length: bytes.length,
      isCut: this.isCut,
    };
  }

  private question(): PrintedMessage['question'] {
    const name = this.name(this.at);
    if (name === null || this.at + 4 > this.bytes.length) return null;
    const [type, klass] = [u16(this.bytes, this.at), u16(this.bytes, this.at + 2)];
    this.at += 4;
    return { name, type, class: klass };
  }

  private section(section: number, count: number, records: PrintedRecord[]): void {
    for (let i = 0; i < count && !this.isCut; i++) {
      const record = records.length < MOST_RECORDS ? this.record(section) : null;
      if (record) records.push(record);
      else if (record === null) this.isCut = true;
    }
  }

  /** The next record; undefined of OPT, null where there is none. */
  private record(section: number): PrintedRecord | undefined | null {
    const { bytes } = this;
    const name = this.name(this.at);
    const fixed = this.at;
    const data = fixed + 10;
    if (name === null || data > bytes.length) return null;
    const end = data + u16(bytes, fixed + 8);
    if (end > bytes.length) return null;
    const type = u16(bytes, fixed);
    const klass = u16(bytes, fixed + 2);
    this.at = end;
    if (type === OPT) {
      this.opt(fixed, data, end);
      return undefined;
    }
    const text = data === end ? '' : this.data(type, klass, data, end);
    return { section, name, type, class: klass, ttl: u32(bytes, fixed + 4), data: text ?? '', text: '' };
  }

  private data(type: number, klass: number, at: number, end: number): string | null {
    const { bytes } = this;
    if (type === SOA) return this.soa(at, end);
    const numbers = NAMES[type];
    if (numbers === undefined) return textOfRecord(bytes, 0, at, end, type, klass);
    if (at + 2 * numbers >= end) return null;
    const first = Array.from({ length: numbers }, (_, i) => String(u16(bytes, at + 2 * i)));
    const kept = this.at;
    const name = this.name(at + 2 * numbers);
    this.at = kept;
    return name === null ? null : [...first, name].join(' ');
  }

  private soa(at: number, end: number): string | null {
    const kept = this.at;
    const primary = this.name(at);
    const mailbox = primary === null ? null : this.name(this.at);
    const numbers = this.at;
    this.at = kept;
    if (primary === null || mailbox === null || numbers + 20 > end) return null;
    const values = [0, 4, 8, 12, 16].map((i) => u32(this.bytes, numbers + i));
    return `${primary} ${mailbox} ${values.join(' ')}`;
  }

  private opt(fixed: number, data: number, end: number): void {
    const { bytes } = this;
    let [cookieBytes, extendedError] = [0, null as number | null];
    for (let at = data; at + 4 <= end; at += 4 + u16(bytes, at + 2)) {
      const [code, length] = [u16(bytes, at), u16(bytes, at + 2)];
      if (at + 4 + length > end) break;
      if (code === COOKIE_OPTION) cookieBytes = Math.min(255, length);
      else if (code === EDE_OPTION && length >= 2) extendedError = u16(bytes, at + 4);
    }
    this.extendedRcode = bytes[fixed + 4]!;
    const dnssecOk = (bytes[fixed + 6]! & 0x80) !== 0;
    this.edns = { size: u16(bytes, fixed + 2), dnssecOk, cookieBytes, subnet: null, extendedError };
  }

  /** The name at a place in presentation form, and `at` moved behind it; null where there is none. */
  private name(at: number): string | null {
    const after = this.names.read(this.bytes, 0, at, this.bytes.length);
    if (after < 0) return null;
    this.at = after;
    return Buffer.from(this.names.text.buffer, this.names.text.byteOffset, this.names.length).toString(
      'latin1',
    );
  }
}
