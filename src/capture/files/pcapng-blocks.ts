import { DIRECTION } from '../../raw/tables/wire.js';
import { type ByteOrder, LITTLE_ENDIAN, u32 } from '../packet/bytes.js';
import type { CaptureSink, FrameTaker } from './frame-taker.js';
import { type PcapngInterface, readInterface } from './pcapng-interface.js';
import { findOption } from './pcapng-option.js';
import {
  ENHANCED_PACKET,
  INTERFACE_DESCRIPTION,
  INTERFACE_STATISTICS,
  isPlausibleBlock,
  MAX_BLOCK,
  NAME_RESOLUTION,
  PACKET,
  PLAUSIBLE_HEAD,
  SECTION_HEADER,
  sectionOrderAt,
  SIMPLE_PACKET,
} from './pcapng-plausible.js';
import type { Records } from './read-records.js';

const EPB_FLAGS = 2;
/** The first byte of a section, in either byte order. */
const SECTION_MARK = 0x0a;

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

/** Bytes searched for the next good block after a bad one. */
const SEARCH = 1 << 24;

/** A block that is damaged, while the next good one is looked for. */
interface Damage {
  readonly what: string;
  readonly offset: number;
  /** Bytes passed over. */
  searched: number;
}

/** A block behind a damaged one; more bytes are needed to tell whether it is sound where it is not whole. */
interface Found {
  readonly at: number;
  readonly length: number;
  readonly isWhole: boolean;
}

/** Walks a pcapng file's blocks (draft-ietf-opsawg-pcapng). */
export class PcapngBlocks implements Records {
  private order: ByteOrder = LITTLE_ENDIAN;
  /** Null where the description is damaged. */
  private interfaces: (PcapngInterface | null)[] = [];
  /** Whether a description of an interface may have been lost unseen: those that follow then have no sure number. */
  private isUnnumbered = false;
  private damage: Damage | null = null;
  /** At the end a block that needs more bytes is none. */
  isAtEnd = false;

  constructor(
    private readonly decoder: FrameTaker,
    private readonly sink: CaptureSink,
  ) {}

  step(bytes: Uint8Array, start: number, end: number, offset: number): number {
    if (this.damage) return this.search(bytes, start, end, this.damage);
    if (start + 12 > end) return -12;
    const isSection = u32(bytes, start) === SECTION_HEADER;
    const sectionOrder = isSection ? sectionOrderAt(bytes, start) : null;
    if (isSection && sectionOrder === null) {
      return this.broken('A section header has no valid byte order', SECTION_HEADER, offset);
    }
    const order = sectionOrder ?? this.order;
    const type = order.u32(bytes, start);
    const length = order.u32(bytes, start + 4);
    if (length < 12 || length > 0x7fffffff) {
      return this.broken('A block has an impossible length', type, offset);
    }
    const padded = (length + 3) & ~3;
    if (!isKnown(type) && length > MAX_BLOCK) return padded;
    if (length > MAX_BLOCK) return this.broken('A block is longer than any of its kind', type, offset);
    if (start + padded > end) return -padded;
    if (order.u32(bytes, start + length - 4) !== length) {
      return this.broken("A block's two lengths differ", type, offset);
    }
    if (sectionOrder) this.section(sectionOrder);
    this.block(bytes, type, start + 8, start + length - 4);
    return padded;
  }

  end(offset: number, rest: number, missing: number): void {
    if (this.damage) return this.tellDamage(this.damage, rest);
    if (rest === 0 && missing === 0) return;
    this.sink.problem({
      code: 'cut-file',
      detail: 'The capture ends in the middle of a block; all packets before it were read.',
      position: `byte ${offset}`,
    });
    this.sink.incomplete(`cut after frame ${this.decoder.packet.frame} at byte ${offset + rest - missing}`);
  }

  private section(order: ByteOrder): void {
    this.order = order;
    this.interfaces = [];
    this.isUnnumbered = false;
  }

  private block(bytes: Uint8Array, type: number, at: number, end: number): void {
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
    if (this.interfaces.length >= MAX_INTERFACES) return;
    const idOfText = (text: string) => this.sink.texts.idOfText(text);
    this.interfaces.push(this.isUnnumbered ? null : readInterface(bytes, at, end, this.order, idOfText));
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
    const [on] = this.interfaces;
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

  /** Nothing in the file says where the next block begins once a length is wrong: it is looked for. */
  private broken(what: string, type: number, offset: number): number {
    if (isPacket(type)) this.decoder.packet.frame++;
    else if (type === INTERFACE_DESCRIPTION) this.interfaces.push(null);
    else if (!isKnown(type) || type === SECTION_HEADER) this.isUnnumbered = true;
    this.damage = { what, offset, searched: 1 };
    return 1;
  }

  /** Looks for the next sound block; each byte is looked at once. */
  private search(bytes: Uint8Array, start: number, end: number, damage: Damage): number {
    if (start + PLAUSIBLE_HEAD > end) return -PLAUSIBLE_HEAD;
    // what is looked for may begin in the last bytes
    const last = Math.min(end - PLAUSIBLE_HEAD, start + SEARCH - damage.searched);
    const found = this.findBlock(bytes, start, last, end);
    const passed = (found?.at ?? last + 1) - start;
    damage.searched += passed;
    if (found === null) return damage.searched > SEARCH ? 0 : passed;
    if (!found.isWhole) return passed || -found.length;
    this.tellDamage(damage, 0);
    this.damage = null;
    // at the block itself the next step is a usual one
    return passed || this.step(bytes, start, end, damage.offset + damage.searched);
  }

  /** The first block that begins in `bytes[start..last]` and is sound from its head to its second length, or may be once that is at hand. */
  private findBlock(bytes: Uint8Array, start: number, last: number, end: number): Found | null {
    for (let at = start; at <= last; at++) {
      const section = bytes[at] === SECTION_MARK ? sectionOrderAt(bytes, at) : null;
      const order = section ?? this.order;
      if (!section && !isPlausibleBlock(bytes, at, order, this.interfaces.length)) continue;
      const length = order.u32(bytes, at + 4);
      if (length < 16 || length > MAX_BLOCK) continue;
      if (at + length > end) {
        if (!this.isAtEnd) return { at, length, isWhole: false };
      } else if (order.u32(bytes, at + length - 4) === length) return { at, length, isWhole: true };
    }
    return null;
  }

  private tellDamage({ what, offset, searched }: Damage, rest: number): void {
    this.sink.problem({
      code: 'bad-block',
      detail: `${what}; reading went on at the next sound block, or ended where there is none. What was read before is kept.`,
      example: `${searched + rest} octets passed over from byte ${offset} on`,
      position: `byte ${offset}`,
    });
    this.sink.incomplete(`damaged after frame ${this.decoder.packet.frame} at byte ${offset}`);
  }

  private tell(code: string, detail: string): void {
    this.sink.problem({ code, detail, position: `frame ${this.decoder.packet.frame}` });
  }
}

function isPacket(type: number): boolean {
  return type === ENHANCED_PACKET || type === PACKET || type === SIMPLE_PACKET;
}

/** Whether blocks of a type are never longer than MAX_BLOCK; others are passed over, however long. */
function isKnown(type: number): boolean {
  const isOther = type === NAME_RESOLUTION || type === INTERFACE_STATISTICS || type === SECTION_HEADER;
  return isOther || type === INTERFACE_DESCRIPTION || isPacket(type);
}
