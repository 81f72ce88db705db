import { NameReader } from '../../capture/dns/dns-name.js';
import { u16, u32 } from '../../capture/packet/bytes.js';
import type { Pseudonyms } from '../pseudonyms.js';
import { ByteList } from './byte-list.js';

const HEADER = 12;
/** Bits of a header's flags that have a meaning: all but the one that must be zero (RFC 1035, 4.1.1; RFC 6895, 2). */
const FLAGS = 0xffbf;
const OPCODE = 0x7800;
const OPT = 41;
/** Of an OPT record's TTL: extended rcode, version, and DO; not the other flags (RFC 6891, 6.1.3). */
const EDNS_FLAGS = 0xffff8000;
const LABEL = /^[a-z0-9_*-]{1,63}$/;
const LONGEST_NAME = 255;

/** What has no pseudonym that is surely one: where the message is left out, and why in a few words. */
export class Unsure extends Error {}

const [ANSWER, ADDITIONAL] = [0, 2];

/** What a record's data is made of, by type: N a name, 2 a number of two octets, 4 of four, P a port. */
const FORMS: Readonly<Record<number, string>> = {
  2: 'N', // NS
  5: 'N', // CNAME
  6: 'NN44444', // SOA
  12: 'N', // PTR
  15: '2N', // MX
  33: '22PN', // SRV
  39: 'N', // DNAME
};
/** Octets of an address, by the type of its record. */
const ADDRESSES: Readonly<Record<number, number>> = { 1: 4, 28: 16 };

/**
 * Writes a DNS message anew, each name and address by its pseudonym, without compression. Nothing is copied but what is listed
 * here: id, flags, types, classes, TTLs and numbers of records. Records whose data has no form that is known are left out beside
 * the answer, and so are EDNS options; a message that has one as its answer, or is none that can be read to its end, is Unsure.
 */
export class MessagePseudonyms {
  private readonly names = new NameReader(0);
  private bytes: Uint8Array = new Uint8Array(0);
  private start = 0;
  private end = 0;
  private at = 0;

  constructor(private readonly pseudonyms: Pseudonyms) {}

  /** The message at `bytes[start..end)`, whole. */
  redact(bytes: Uint8Array, start: number, end: number): Uint8Array {
    [this.bytes, this.start, this.end, this.at] = [bytes, start, end, start + HEADER];
    if (this.at > end) throw new Unsure('a message without a header');
    const flags = u16(bytes, start + 2);
    if ((flags & OPCODE) !== 0) throw new Unsure('a message that is no query');
    const counts = [4, 6, 8, 10].map((place) => u16(bytes, start + place));
    const [questions, ...sections] = counts as [number, number, number, number];
    const body = new ByteList();
    for (let i = 0; i < questions; i++) {
      this.name(body);
      body.u16(this.u16()).u16(this.u16());
    }
    const written = sections.map((records, section) => {
      let kept = 0;
      for (let i = 0; i < records; i++) if (this.record(body, section)) kept++;
      return kept;
    });
    if (this.at !== end) throw new Unsure('a message with something behind it, or none of DNS');
    const head = new ByteList().u16(u16(bytes, start)).u16(flags & FLAGS);
    for (const number of [questions, ...written]) head.u16(number);
    return head.add(body.bytes).bytes;
  }

  /** Writes the record at hand; false where it is left out. */
  private record(out: ByteList, section: number): boolean {
    const record = new ByteList();
    const isRoot = this.name(record);
    const [type, recordClass, ttl, length] = [this.u16(), this.u16(), this.u32(), this.u16()];
    const after = this.at + length;
    if (after > this.end) throw new Unsure('a record that is cut');
    record.u16(type).u16(recordClass);
    if (type === OPT) {
      if (section !== ADDITIONAL || !isRoot) throw new Unsure('an OPT record where none can be');
      record.u32(ttl & EDNS_FLAGS).u16(0);
    } else {
      const data = this.data(type, after);
      if (data === null && section === ANSWER) throw new Unsure('an answer of a type that has no pseudonym');
      if (data !== null) record.u32(ttl).u16(data.length).add(data);
      this.at = after;
      if (data === null) return false;
    }
    this.at = after;
    out.add(record.bytes);
    return true;
  }

  /** A record's data that ends at `after`; null of a type whose form is not known. */
  private data(type: number, after: number): Uint8Array | null {
    const size = ADDRESSES[type];
    if (size !== undefined) {
      if (this.at + size !== after) throw new Unsure('an address of another length');
      return this.pseudonyms.addressBytes(this.bytes.slice(this.at, after));
    }
    const form = FORMS[type];
    if (form === undefined) return null;
    const data = new ByteList();
    for (const part of form) {
      if (part === 'N') this.name(data);
      else if (part === '4') data.u32(this.u32());
      else data.u16(part === 'P' ? this.pseudonyms.ports.of[this.u16()]! : this.u16());
    }
    if (this.at !== after) throw new Unsure('record data of another length');
    return data.bytes;
  }

  /** Writes the pseudonym of the name at hand; whether it is the root. */
  private name(out: ByteList): boolean {
    const { names } = this;
    const after = names.read(this.bytes, this.start, this.at, this.end);
    if (after < 0) throw new Unsure('a name that cannot be read');
    this.at = after;
    const text = Buffer.from(names.text.subarray(0, names.length)).toString('latin1');
    if (text === '.') {
      out.u8(0);
      return true;
    }
    const labels = this.pseudonyms.redact('name', text).split('.');
    const octets = labels.reduce((sum, label) => sum + label.length + 1, 1);
    if (octets > LONGEST_NAME || !labels.every((label) => LABEL.test(label)))
      throw new Unsure('a name whose pseudonym is none that can be sent');
    for (const label of labels) out.u8(label.length).add(Buffer.from(label, 'latin1'));
    out.u8(0);
    return false;
  }

  private u16(): number {
    if (this.at + 2 > this.end) throw new Unsure('a message that is cut');
    this.at += 2;
    return u16(this.bytes, this.at - 2);
  }

  private u32(): number {
    if (this.at + 4 > this.end) throw new Unsure('a message that is cut');
    this.at += 4;
    return u32(this.bytes, this.at - 4);
  }
}
