import type { Sink } from '../store/sink.js';
import { DIRECTION } from '../store/tables/wire.js';
import { BIG_ENDIAN, type ByteOrder, LITTLE_ENDIAN, u32, u32le } from './bytes.js';
import type { FrameDecoder } from './frame-decoder.js';
import { type PcapngInterface, readInterface } from './pcapng-interface.js';
import { findOption } from './pcapng-option.js';
import { MAX_PACKET } from './pcap-record.js';

const SECTION_HEADER = 0x0a0d0d0a;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const INTERFACE_DESCRIPTION = 1;
const PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
const EPB_FLAGS = 2;

const {
  unknown: UNKNOWN,
  in: IN,
  broadcast: BROADCAST,
  multicast: MULTICAST,
  other: OTHER,
  out: OUT,
} = DIRECTION;
/** Inbound by reception type: not given, unicast, multicast, broadcast, promiscuous, and what is not assigned. */
const RECEPTION = [IN, IN, MULTICAST, BROADCAST, OTHER, IN, IN, IN];

const UNKNOWN_INTERFACE =
  'A packet is of an interface that the section does not describe; it was passed over.';

/** Longest block that is looked into: a packet, its header and its options. */
const MAX_BLOCK = MAX_PACKET + (1 << 17);
/** Interfaces a section may have. */
const MAX_INTERFACES = 65536;

/** The byte order of a section that begins at `at`, or null if none does. */
export function sectionOrderAt(bytes: Uint8Array, at: number): ByteOrder | null {
  if (at + 12 > bytes.length || u32(bytes, at) !== SECTION_HEADER) return null;
  if (u32le(bytes, at + 8) === BYTE_ORDER_MAGIC) return LITTLE_ENDIAN;
  return u32(bytes, at + 8) === BYTE_ORDER_MAGIC ? BIG_ENDIAN : null;
}

/** Walks a pcapng file's blocks (draft-ietf-opsawg-pcapng). */
export class PcapngBlocks {
  private order: ByteOrder = LITTLE_ENDIAN;
  private interfaces: PcapngInterface[] = [];
  private isBroken = false;

  constructor(
    private readonly decoder: FrameDecoder,
    private readonly sink: Sink,
  ) {}

  /** A RecordStep; `offset` is the place of `start` in the file. */
  step(bytes: Uint8Array, start: number, end: number, offset: number): number {
    if (start + 12 > end) return -12;
    const isSection = u32(bytes, start) === SECTION_HEADER;
    if (isSection) {
      const order = sectionOrderAt(bytes, start);
      if (order === null) return this.broken('A section header has no valid byte order', offset);
      this.order = order;
      this.interfaces = [];
    }
    const { order } = this;
    const type = order.u32(bytes, start);
    const length = order.u32(bytes, start + 4);
    if (length < 12 || length > 0x7fffffff) return this.broken('A block has an impossible length', offset);
    const padded = (length + 3) & ~3;
    if (!isRead(type)) return padded;
    if (length > MAX_BLOCK) return this.tooLong(type, padded);
    if (start + padded > end) return -padded;
    if (order.u32(bytes, start + length - 4) !== length) {
      return this.broken("A block's two lengths differ", offset);
    }
    this.block(bytes, type, start + 8, start + length - 4);
    return padded;
  }

  /** Tells how the file ends: `rest` bytes from `offset` on make no whole block, `missing` more were to be skipped. */
  end(offset: number, rest: number, missing: number): void {
    if (this.isBroken || (rest === 0 && missing === 0)) return;
    this.sink.problem({
      code: 'cut-file',
      detail: 'The capture ends in the middle of a block; all packets before it were read.',
      position: `byte ${offset}`,
    });
    this.sink.incomplete(`cut after frame ${this.decoder.packet.frame} at byte ${offset + rest - missing}`);
  }

  private block(bytes: Uint8Array, type: number, at: number, end: number): void {
    const size = end - at;
    if (type === INTERFACE_DESCRIPTION && size >= 8) this.interfaceDescription(bytes, at, end);
    else if (type === ENHANCED_PACKET && size >= 20) {
      this.packet(bytes, this.order.u32(bytes, at), at + 4, at + 20, end, true);
    } else if (type === PACKET && size >= 20) {
      this.packet(bytes, this.order.u16(bytes, at), at + 4, at + 20, end, false);
    } else if (type === SIMPLE_PACKET && size >= 4) this.simplePacket(bytes, at, end);
    else if (type !== SECTION_HEADER) this.tell('malformed-block', 'A block is too short for its kind.');
  }

  private interfaceDescription(bytes: Uint8Array, at: number, end: number): void {
    if (this.interfaces.length >= MAX_INTERFACES) return;
    const idOfText = (text: string) => this.sink.texts.idOfText(text);
    this.interfaces.push(readInterface(bytes, at, end, this.order, idOfText));
  }

  /** Enhanced and obsolete packets: time and two lengths at `at`, captured bytes at `data`, then options. */
  private packet(
    bytes: Uint8Array,
    index: number,
    at: number,
    data: number,
    end: number,
    isEnhanced: boolean,
  ): void {
    const { order } = this;
    const on = this.interfaces[index];
    const captured = order.u32(bytes, at + 8);
    const dataEnd = data + captured;
    this.decoder.packet.frame++;
    if (on === undefined) return this.tell('unknown-interface', UNKNOWN_INTERFACE);
    if (dataEnd > end)
      return this.tell('malformed-block', 'A packet is longer than the block that holds it.');
    const { clock } = on;
    clock.read(order.u32(bytes, at), order.u32(bytes, at + 4));
    this.decoder.packet.seconds = clock.seconds;
    this.decoder.packet.nanos = clock.nanos;
    const options = data + ((captured + 3) & ~3);
    this.decoder.packet.direction = isEnhanced ? this.directionIn(bytes, options, end) : UNKNOWN;
    this.frame(bytes, data, dataEnd, order.u32(bytes, at + 12), on);
  }

  /** A simple packet has no time and is of the section's first interface. */
  private simplePacket(bytes: Uint8Array, at: number, end: number): void {
    const [on] = this.interfaces;
    this.decoder.packet.frame++;
    if (on === undefined) return this.tell('unknown-interface', UNKNOWN_INTERFACE);
    const length = this.order.u32(bytes, at);
    const captured = Math.min(length, end - at - 4, on.snapLength || length);
    this.tell('packet-without-time', 'Simple packets have no time; the time of the packet before was kept.');
    this.decoder.packet.direction = UNKNOWN;
    this.frame(bytes, at + 4, at + 4 + captured, length, on);
  }

  private frame(bytes: Uint8Array, start: number, end: number, length: number, on: PcapngInterface): void {
    const { packet } = this.decoder;
    packet.interfaceId = on.nameId;
    this.decoder.frame(bytes, start, end, Math.max(length, end - start), on.linkType);
  }

  /** Index into DIRECTIONS of epb_flags, among the options at `bytes[at..end)`: direction, and reception type if inbound. */
  private directionIn(bytes: Uint8Array, at: number, end: number): number {
    const { order } = this;
    const option = findOption(bytes, at, end, order, EPB_FLAGS, 4);
    if (option < 0) return UNKNOWN;
    const flags = order.u32(bytes, option);
    if ((flags & 3) === 2) return OUT;
    return (flags & 3) === 1 ? RECEPTION[(flags >> 2) & 7]! : UNKNOWN;
  }

  /** Nothing in the file says where a block begins once a length is wrong: reading ends here. */
  private broken(what: string, offset: number): number {
    this.isBroken = true;
    this.sink.problem({
      code: 'bad-block',
      detail: `${what}; all packets before it were read, the rest cannot be.`,
      position: `byte ${offset}`,
    });
    this.sink.incomplete(`damaged after frame ${this.decoder.packet.frame} at byte ${offset}`);
    return 0;
  }

  private tooLong(type: number, padded: number): number {
    if (type !== INTERFACE_DESCRIPTION && type !== SECTION_HEADER) this.decoder.packet.frame++;
    this.tell('block-too-long', 'A block is longer than any packet can be; it was passed over.');
    return padded;
  }

  private tell(code: string, detail: string): void {
    this.sink.problem({ code, detail, position: `frame ${this.decoder.packet.frame}` });
  }
}

function isRead(type: number): boolean {
  return (
    type === ENHANCED_PACKET ||
    type === INTERFACE_DESCRIPTION ||
    type === PACKET ||
    type === SIMPLE_PACKET ||
    type === SECTION_HEADER
  );
}
