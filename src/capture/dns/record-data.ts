import { ByteDictionary } from '../../raw/dictionary.js';
import type { Sink } from '../../raw/sink.js';
import { u16, u32 } from '../packet/bytes.js';
import { NameReader } from './dns-name.js';
import { RecentOctets } from './recent-octets.js';
import { textOfRecord } from './record-text.js';
import { TextWriter } from './text-writer.js';

/** Distinct record data remembered at a time. */
const REMEMBERED = 1 << 16;
const MALFORMED = 0xffffffff;
/** Data of no octets, in the form of RFC 3597 (RFC 2136's prerequisites and deletions have such records). */
const EMPTY = '\\# 0';

/** Record data as ids of texts. Text is made once for data met again; what has names inside is written out. */
export class RecordData {
  private readonly names: NameReader;
  private readonly text = new TextWriter();
  private readonly key = new TextWriter();
  private readonly textIds = new Uint32Array(REMEMBERED);
  private readonly seen: ByteDictionary;
  private isNew = false;
  /** SOA data without compression pointers, which most negative answers of a server share. */
  private readonly recent = new RecentOctets();
  private isWhole = false;
  /** MINIMUM of the last SOA, in seconds. */
  minimum = 0;

  constructor(private readonly sink: Sink) {
    this.names = new NameReader(sink.seed);
    this.seen = new ByteDictionary(sink.seed, 0, () => (this.isNew = true), REMEMBERED);
    sink.texts.whenForgetting(() => {
      this.seen.forget();
      this.recent.forget();
    });
  }

  /** Has `forget` called when ids of texts that data became are forgotten. */
  whenForgetting(forget: () => void): void {
    this.seen.whenForgetting(forget);
  }

  /**
   * The id of the data at `bytes[at..end)` of a record in the message that starts at `start`, or -1 if it is
   * not what its type says.
   */
  idOf(bytes: Uint8Array, start: number, at: number, end: number, type: number, klass: number): number {
    if (at === end) return this.sink.texts.idOfText(EMPTY);
    switch (type) {
      case 2: // NS
      case 3: // MD
      case 4: // MF
      case 5: // CNAME
      case 7: // MB
      case 8: // MG
      case 9: // MR
      case 12: // PTR
      case 39: // DNAME
        return this.fields(bytes, start, at, end, 0, 1, 0);
      case 6:
        return this.startOfAuthority(bytes, start, at, end);
      case 14: // MINFO
      case 17: // RP
        return this.fields(bytes, start, at, end, 0, 2, 0);
      case 15: // MX
      case 18: // AFSDB
      case 21: // RT
      case 36: // KX
        return this.fields(bytes, start, at, end, 1, 1, 0);
      case 33: // SRV
        return this.fields(bytes, start, at, end, 3, 1, 0);
      case 35: // NAPTR, off the fast path and not remembered: old servers compressed the name in it
        return this.idOfText(textOfRecord(bytes, start, at, end, type, klass));
      default:
        return this.remembered(bytes, start, at, end, type, klass);
    }
  }

  private startOfAuthority(bytes: Uint8Array, start: number, at: number, end: number): number {
    const length = end - at;
    if (length >= 22) this.minimum = u32(bytes, end - 4);
    const place = (length << 4) ^ bytes[at + 1]!;
    if (this.recent.find(bytes, at, end, place) === length) return this.recent.id;
    const id = this.fields(bytes, start, at, end, 0, 2, 5);
    if (id >= 0 && this.isWhole) this.recent.keep(bytes, at, end, place, id, 0);
    return id;
  }

  /** Writes 16-bit numbers, names and 32-bit numbers, in this order, with spaces between. */
  private fields(
    bytes: Uint8Array,
    start: number,
    at: number,
    end: number,
    shorts: number,
    names: number,
    longs: number,
  ): number {
    const text = this.text.clear();
    this.isWhole = true;
    for (let i = 0; i < shorts; i++, at += 2) {
      if (at + 2 > end) return -1;
      text.decimal(u16(bytes, at));
      text.space();
    }
    for (let i = 0; i < names; i++) {
      if (i > 0) text.space();
      at = this.names.read(bytes, start, at, end);
      if (at < 0) return -1;
      this.isWhole &&= this.names.isWhole;
      text.copy(this.names.text, 0, this.names.length);
    }
    for (let i = 0; i < longs; i++, at += 4) {
      if (at + 4 > end) return -1;
      text.space();
      text.decimal(u32(bytes, at));
    }
    return at === end ? this.sink.texts.idOf(text.bytes, 0, text.length) : -1;
  }

  /** Data that means the same in every message: looked up by its type, class and bytes. */
  private remembered(
    bytes: Uint8Array,
    start: number,
    at: number,
    end: number,
    type: number,
    klass: number,
  ): number {
    const key = this.key.clear();
    key.byte(type >> 8);
    key.byte(type & 255);
    key.byte(klass >> 8);
    key.byte(klass & 255);
    key.copy(bytes, at, end);
    this.isNew = false;
    const slot = this.seen.idOf(key.bytes, 0, key.length) & (REMEMBERED - 1);
    if (this.isNew) {
      const id = this.idOfText(textOfRecord(bytes, start, at, end, type, klass));
      this.textIds[slot] = id < 0 ? MALFORMED : id;
    }
    const id = this.textIds[slot]!;
    return id === MALFORMED ? -1 : id;
  }

  private idOfText(text: string | null): number {
    return text === null ? -1 : this.sink.texts.idOfText(text);
  }
}
