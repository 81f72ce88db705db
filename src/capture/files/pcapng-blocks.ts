import { LITTLE_ENDIAN, u32 } from '../packet/bytes.js';
import type { CaptureSink, FrameTaker } from './frame-taker.js';
import { isKnown, MAX_BLOCK, SECTION_HEADER } from './pcapng-block-types.js';
import { isPlausibleBlock, PLAUSIBLE_HEAD, sectionOrderAt } from './pcapng-plausible.js';
import { PcapngSection } from './pcapng-section.js';
import type { Records } from './read-records.js';

/** The first byte of a section, in either byte order. */
const SECTION_MARK = 0x0a;

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

/** Walks a pcapng file's blocks (draft-ietf-opsawg-pcapng), and finds the next sound one behind a damaged one. */
export class PcapngBlocks implements Records {
  private section: PcapngSection;
  private damage: Damage | null = null;
  /** At the end a block that needs more bytes is none. */
  isAtEnd = false;

  constructor(
    private readonly decoder: FrameTaker,
    private readonly sink: CaptureSink,
  ) {
    this.section = new PcapngSection(LITTLE_ENDIAN, decoder, sink);
  }

  step(bytes: Uint8Array, start: number, end: number, offset: number): number {
    if (this.damage) return this.search(bytes, start, end, this.damage);
    if (start + 12 > end) return -12;
    const isSection = u32(bytes, start) === SECTION_HEADER;
    const sectionOrder = isSection ? sectionOrderAt(bytes, start) : null;
    if (isSection && sectionOrder === null) {
      return this.broken('A section header has no valid byte order', SECTION_HEADER, offset);
    }
    const order = sectionOrder ?? this.section.order;
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
    if (sectionOrder) this.section = new PcapngSection(sectionOrder, this.decoder, this.sink);
    else this.section.block(bytes, type, start + 8, start + length - 4);
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

  /** Nothing in the file says where the next block begins once a length is wrong: it is looked for. */
  private broken(what: string, type: number, offset: number): number {
    this.section.lose(type);
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
      const sectionOrder = bytes[at] === SECTION_MARK ? sectionOrderAt(bytes, at) : null;
      const order = sectionOrder ?? this.section.order;
      if (!sectionOrder && !isPlausibleBlock(bytes, at, order, this.section.interfaces)) continue;
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
}
