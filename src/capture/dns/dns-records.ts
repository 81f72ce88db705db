import type { Batch } from '../../raw/batch.js';
import type { ProblemCode } from '../../base/problem-codes.js';
import type { Sink } from '../../raw/sink.js';
import { answers } from '../../raw/tables/wire.js';
import { u16, u32 } from '../packet/bytes.js';
import { NameReader } from './dns-name.js';
import { EdnsOptions } from './edns.js';
import type { Packet } from '../packet/packet.js';
import { RecordData } from './record-data.js';
import { SHAPE, type WireRows } from './wire-rows.js';

const SOA = 6;
const OPT = 41;
const NXDOMAIN = 3;
const NO_TTL = 0xffffffff;
/** A pointer to the first question's name, which is what most owner names are. */
const QUESTION_POINTER = 0xc00c;

const CUT_MESSAGE =
  'A DNS message was captured only in part; its header, question and whole records were kept.';
const MALFORMED_SECTION =
  'A DNS message has fewer readable records than its header counts; those before were kept.';
const MALFORMED_RECORD = "A record's data is not what its type says; the message's other records were kept.";
const MALFORMED_EDNS = 'EDNS options do not end where their record ends; those before were kept.';

/** Reads the three record sections of a message: rows of `answers`, and what its packet has of OPT and TTLs. */
export class DnsRecords {
  private readonly batch: Batch<(typeof answers)['columns']>;
  private readonly names: NameReader;
  readonly data: RecordData;
  private readonly edns: EdnsOptions;
  /** OPT's payload size, -1 without OPT, and its TTL field. */
  private ednsSize = -1;
  private ednsTtl = 0;
  private minTtl = NO_TTL;
  /** Whether all of the message at hand could be read. */
  private isWhole = true;

  constructor(
    private readonly sink: Sink,
    private readonly rows: WireRows,
  ) {
    this.batch = sink.batch(answers);
    this.names = new NameReader(sink.seed);
    this.data = new RecordData(sink);
    this.edns = new EdnsOptions(sink);
  }

  /**
   * Reads the sections that begin at `at` of the message `bytes[start..end)`, which ended at `wireEnd` on the
   * wire; `at` is -1 where they cannot be found. `questionId` is the first question's name in names, or 0.
   * Returns whether all of it could be read.
   */
  read(
    packet: Packet,
    bytes: Uint8Array,
    start: number,
    at: number,
    end: number,
    wireEnd: number,
    questionId: number,
  ): boolean {
    this.isWhole = true;
    this.ednsSize = -1;
    this.minTtl = NO_TTL;
    this.edns.clear();
    const answered = u16(bytes, start + 6) > 0;
    const negative = !answered || (bytes[start + 3]! & 15) === NXDOMAIN;
    for (let section = 1; section <= 3 && at >= 0; section++) {
      const count = u16(bytes, start + 4 + 2 * section);
      for (let position = 0; position < count && at >= 0; position++) {
        at = this.record(packet, bytes, start, at, end, section, position, questionId, negative);
      }
    }
    if (at < 0) this.lost(packet, wireEnd > end);
    this.write((bytes[start + 2]! & 0x80) !== 0);
    return this.isWhole;
  }

  /** Reads one record and returns where the next one begins, or -1 where that cannot be told. */
  private record(
    packet: Packet,
    bytes: Uint8Array,
    start: number,
    at: number,
    end: number,
    section: number,
    position: number,
    questionId: number,
    negative: boolean,
  ): number {
    let nameId = questionId;
    let fixed = at + 2;
    if (questionId === 0 || fixed > end || u16(bytes, at) !== QUESTION_POINTER) {
      fixed = this.names.read(bytes, start, at, end);
      nameId = 0;
    }
    const data = fixed + 10;
    if (fixed < 0 || data > end) return -1;
    const dataEnd = data + u16(bytes, fixed + 8);
    if (dataEnd > end) return -1;
    const type = u16(bytes, fixed);
    const klass = u16(bytes, fixed + 2);
    const ttl = u32(bytes, fixed + 4);
    if (type === OPT) {
      if (section === 3 && this.ednsSize < 0) this.opt(packet, bytes, data, dataEnd, klass, ttl);
      return dataEnd;
    }
    if (nameId === 0) {
      nameId = this.sink.names.idOfHashed(this.names.text, 0, this.names.length, this.names.hash);
    }
    const dataId = this.data.idOf(bytes, start, data, dataEnd, type, klass);
    if (dataId < 0) {
      this.malformed(packet, 'malformed-record', MALFORMED_RECORD);
      return dataEnd;
    }
    this.ttl(ttl, section, type, negative);
    const batch = this.batch;
    const row = batch.row;
    batch.data.source_id[row] = this.sink.sourceId;
    batch.data.packet_id[row] = this.rows.packetId;
    batch.data.section[row] = section;
    batch.data.position[row] = position;
    batch.data.name_id[row] = nameId;
    batch.data.type[row] = type;
    batch.data.class[row] = klass;
    batch.data.ttl[row] = ttl;
    batch.data.data_id[row] = dataId;
    batch.end();
    return dataEnd;
  }

  /** Keeps the smallest TTL; one with its top bit set means 0 (RFC 2181, 8). */
  private ttl(ttl: number, section: number, type: number, negative: boolean): void {
    const bounded = ttl > 0x7fffffff ? 0 : ttl;
    if (section === 1) this.minTtl = Math.min(this.minTtl, bounded);
    else if (section === 2 && negative && type === SOA) {
      this.minTtl = Math.min(this.minTtl, bounded, this.data.minimum);
    }
  }

  /** The OPT record's class is a payload size and its TTL holds upper bits of the rcode and DO (RFC 6891, 6.1.3). */
  private opt(packet: Packet, bytes: Uint8Array, at: number, end: number, size: number, ttl: number): void {
    this.ednsSize = size;
    this.ednsTtl = ttl;
    if (!this.edns.read(bytes, at, end)) this.malformed(packet, 'malformed-edns', MALFORMED_EDNS);
  }

  private write(isResponse: boolean): void {
    const { edns } = this;
    const { shape, packets } = this.rows;
    const hasEdns = this.ednsSize >= 0;
    shape[SHAPE.edns_size] = this.ednsSize;
    shape[SHAPE.dnssec_ok] = hasEdns ? (this.ednsTtl >> 15) & 1 : 0;
    shape[SHAPE.cookie_bytes] = edns.cookieBytes;
    shape[SHAPE.ede] = edns.extendedError;
    shape[SHAPE.ecs_id] = edns.subnetId;
    if (hasEdns) shape[SHAPE.rcode]! |= (this.ednsTtl >>> 24) << 4;
    const { data, row, validity } = packets;
    data.min_ttl[row] = this.minTtl;
    if (!isResponse || this.minTtl === NO_TTL) validity.min_ttl[row >> 3]! &= ~(1 << (row & 7));
  }

  private lost(packet: Packet, cut: boolean): void {
    if (cut) this.malformed(packet, 'cut-message', CUT_MESSAGE);
    else this.malformed(packet, 'malformed-section', MALFORMED_SECTION);
  }

  private malformed(packet: Packet, code: ProblemCode, detail: string): void {
    this.isWhole = false;
    this.sink.problem({ code, detail, position: `frame ${packet.frame}` });
  }
}
