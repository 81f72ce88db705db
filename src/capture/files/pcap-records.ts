import type { CaptureSink, FrameTaker } from './frame-taker.js';
import { directionOf } from '../layers/link-type.js';
import { byteOrderAt, FILE_HEADER, type PcapHeader, readHeader } from './pcap-header.js';
import { areNeighbours, isPlausibleRecord, MAX_PACKET, recordHeaderBytes } from './pcap-record.js';
import type { Records } from './read-records.js';

/** Bytes searched for the next good record after a bad one. */
const SEARCH = 1 << 24;

/** Walks a pcap file's records. */
export class PcapRecords implements Records {
  private header: PcapHeader | null = null;
  private recordHeader = 16;
  /** Seconds of the last good record, NaN before the first. */
  private lastSeconds = NaN;
  /** Bytes passed over since the last good record, while the next one is being looked for; -1 when in step. */
  private searched = -1;
  /** A record at the end needs no other behind it. */
  isAtEnd = false;
  /** Whether records have the header that most have, and only that. */
  private isUsual = false;

  constructor(
    private readonly decoder: FrameTaker,
    private readonly sink: CaptureSink,
    private readonly head: Uint8Array,
  ) {}

  step(bytes: Uint8Array, start: number, end: number, offset: number): number {
    const { header } = this;
    if (header === null) return this.fileHeader(bytes, start, end);
    if (this.isUsual && this.searched < 0) {
      const walked = this.decoder.walk(bytes, start, end);
      if (walked !== null) {
        this.lastSeconds = walked.seconds;
        return walked.at - start;
      }
    }
    const data = start + this.recordHeader;
    if (data > end) return -this.recordHeader;
    if (this.searched >= 0) return this.search(bytes, start, end, header);
    const captured = header.order.u32(bytes, start + 8);
    // A packet of no length is a hole in the file, or another file's header with its zeros.
    const isEmpty = captured === 0 && header.order.u32(bytes, start + 12) === 0;
    if (captured > MAX_PACKET || isEmpty) return this.badRecord(bytes, start, end, offset);
    if (data + captured > end) return -(this.recordHeader + captured);
    this.record(bytes, start, data, captured, header);
    return this.recordHeader + captured;
  }

  end(offset: number, rest: number): void {
    if (this.header === null) {
      this.sink.incomplete(`the file ends in its header, at byte ${offset + rest}`);
    } else if (rest > 0 && this.searched < 0) {
      this.sink.problem({
        code: 'cut-file',
        detail: 'The capture ends in the middle of a packet; all packets before it were read.',
        position: `byte ${offset}`,
      });
      this.sink.incomplete(`cut in frame ${this.decoder.packet.frame + 1} at byte ${offset + rest}`);
    }
  }

  private record(bytes: Uint8Array, start: number, data: number, captured: number, header: PcapHeader): void {
    const { order, unitsPerSecond } = header;
    const { packet } = this.decoder;
    const fraction = order.u32(bytes, start + 4);
    const seconds = order.u32(bytes, start);
    packet.frame++;
    // A fraction of a second or more is damage (libpcap's savefile format): there is no time to keep.
    packet.seconds = fraction < unitsPerSecond ? seconds : NaN;
    packet.nanos = fraction * (1e9 / unitsPerSecond);
    packet.interfaceId = 0;
    packet.direction = 0;
    this.lastSeconds = seconds;
    if (this.recordHeader >= 24) {
      packet.interfaceId = this.decoder.link.interfaceId(order.u32(bytes, start + 16));
      packet.direction = directionOf(bytes[start + 22]!);
    }
    const length = order.u32(bytes, start + 12);
    const wireLength = Math.max(length, captured);
    // what is usual and of the common form was walked over
    if (this.isUsual) this.decoder.layers(bytes, data, data + captured, wireLength, header.linkType);
    else this.decoder.frame(bytes, data, data + captured, wireLength, header.linkType);
  }

  private fileHeader(bytes: Uint8Array, start: number, end: number): number {
    if (end - start < FILE_HEADER) return -FILE_HEADER;
    const order = byteOrderAt(bytes, start);
    if (order === null) return 0;
    this.header = readHeader(bytes, start, order);
    // Only the head of the input is at hand at its start; a file joined to another has the usual form.
    if (this.decoder.packet.frame === 0) {
      this.recordHeader = recordHeaderBytes(this.head, FILE_HEADER, this.header);
    }
    this.isUsual = this.recordHeader === 16;
    this.decoder.beginFile(this.header);
    return FILE_HEADER;
  }

  /** A record whose length cannot be: another file was joined here, or bytes were damaged. */
  private badRecord(bytes: Uint8Array, start: number, end: number, offset: number): number {
    if (end - start < FILE_HEADER) return -FILE_HEADER;
    if (byteOrderAt(bytes, start) !== null) {
      this.header = null;
      return this.step(bytes, start, end, offset);
    }
    this.sink.problem({
      code: 'bad-record-length',
      detail:
        'A packet has a length that none can have; reading went on where packets follow one another again.',
      position: `byte ${offset}`,
    });
    this.sink.incomplete(`damaged after frame ${this.decoder.packet.frame} at byte ${offset}`);
    this.searched = 0;
    return 1;
  }

  /** Looks for a record that another one follows; each byte is looked at once. */
  private search(bytes: Uint8Array, start: number, end: number, header: PcapHeader): number {
    if (this.searched++ > SEARCH) return 0;
    if (!isPlausibleRecord(bytes, start, header)) return 1;
    const seconds = header.order.u32(bytes, start);
    if (!Number.isNaN(this.lastSeconds) && !areNeighbours(seconds, this.lastSeconds)) return 1;
    const captured = header.order.u32(bytes, start + 8);
    const next = start + this.recordHeader + captured;
    if (captured === 0) return 1;
    const isLast = this.isAtEnd && next === end;
    if (!isLast && next + this.recordHeader > end)
      return this.isAtEnd ? 1 : -(next + this.recordHeader - start);
    if (!isLast && !isPlausibleRecord(bytes, next, header)) return 1;
    if (!isLast && !areNeighbours(header.order.u32(bytes, next), seconds)) return 1;
    this.searched = -1;
    this.record(bytes, start, start + this.recordHeader, captured, header);
    return this.recordHeader + captured;
  }
}
