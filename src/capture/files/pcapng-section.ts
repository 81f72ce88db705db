import { DIRECTION } from '../../raw/tables/wire.js';
import type { ProblemCode } from '../../base/problem-codes.js';
import type { ByteOrder } from '../packet/bytes.js';
import type { CaptureSink, FrameTaker } from './frame-taker.js';
import {
  ENHANCED_PACKET,
  INTERFACE_DESCRIPTION,
  isKnown,
  isPacket,
  PACKET,
  SECTION_HEADER,
  SIMPLE_PACKET,
} from './pcapng-block-types.js';
import { type PcapngInterface, readInterface } from './pcapng-interface.js';
import { findOption } from './pcapng-option.js';

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

/** Interfaces a section may have. */
const MAX_INTERFACES = 65536;

/** What the blocks of one section say: interfaces, and packets that came by them. */
export class PcapngSection {
  /** Null where the description is damaged. */
  private readonly described: (PcapngInterface | null)[] = [];
  /** Whether a description of an interface may have been lost unseen: those that follow then have no sure number. */
  private isUnnumbered = false;

  constructor(
    readonly order: ByteOrder,
    private readonly decoder: FrameTaker,
    private readonly sink: CaptureSink,
  ) {}

  /** Interfaces that it has described so far. */
  get interfaces(): number {
    return this.described.length;
  }

  /** Counts a block that is damaged, by the type that it says it is of. */
  lose(type: number): void {
    if (isPacket(type)) this.decoder.packet.frame++;
    else if (type === INTERFACE_DESCRIPTION) this.described.push(null);
    else if (!isKnown(type) || type === SECTION_HEADER) this.isUnnumbered = true;
  }

  /** Reads a block of it; what it holds is `bytes[at..end)`. */
  block(bytes: Uint8Array, type: number, at: number, end: number): void {
    const size = end - at;
    if (type === INTERFACE_DESCRIPTION && size >= 8) this.interfaceDescription(bytes, at, end);
    else if (type === ENHANCED_PACKET && size >= 20) {
      this.packet(bytes, this.order.u32(bytes, at), at + 4, at + 20, end, true);
    } else if (type === PACKET && size >= 20) {
      this.packet(bytes, this.order.u16(bytes, at), at + 4, at + 20, end, false);
    } else if (type === SIMPLE_PACKET && size >= 4) this.simplePacket(bytes, at, end);
    else if (isPacket(type) || type === INTERFACE_DESCRIPTION)
      this.tell('malformed-block', 'A block is too short for its kind.');
  }

  private interfaceDescription(bytes: Uint8Array, at: number, end: number): void {
    if (this.described.length >= MAX_INTERFACES) return;
    const idOfText = (text: string) => this.sink.texts.idOfText(text);
    this.described.push(this.isUnnumbered ? null : readInterface(bytes, at, end, this.order, idOfText));
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
    const on = this.described[index];
    const captured = order.u32(bytes, at + 8);
    const dataEnd = data + captured;
    this.decoder.packet.frame++;
    if (!on) return this.tell('unknown-interface', UNKNOWN_INTERFACE);
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
    const [on] = this.described;
    this.decoder.packet.frame++;
    if (!on) return this.tell('unknown-interface', UNKNOWN_INTERFACE);
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

  private tell(code: ProblemCode, detail: string): void {
    this.sink.problem({ code, detail, position: `frame ${this.decoder.packet.frame}` });
  }
}
