import { type ByteOrder, LITTLE_ENDIAN, u32 } from '../capture/packet/bytes.js';
import { byteOrderAt, FILE_HEADER } from '../capture/files/pcap-header.js';
import {
  INTERFACE_DESCRIPTION,
  NAME_RESOLUTION,
  SECTION_HEADER,
} from '../capture/files/pcapng-block-types.js';
import { sectionOrderAt } from '../capture/files/pcapng-plausible.js';

/**
 * Tells where a stream may be cut: a capture between records, a text between lines. What comes after a cut can be read by
 * itself behind the `prelude` that the stream has there: the headers of its file or section.
 */
export interface Cutter {
  /** What a part that begins after all that was given needs before it; empty at the stream's own beginning. */
  readonly prelude: Uint8Array;
  /** Takes the next bytes of the stream, and gives what is whole; the rest waits for the next. */
  take(chunk: Uint8Array): Uint8Array;
  /** What waits for more, where nothing more comes. */
  end(): Uint8Array;
}

const NOTHING = new Uint8Array(0);

/** Longer records and lines are damage: from there on the stream is cut anywhere, as readers find their way back. */
const LONGEST = 1 << 26;
/** Octets of a section's headers that are kept. */
const MOST_PRELUDE = 1 << 20;

/** The cutter for a stream of a kind, as `Reader.kind` has it; one that is kept whole may be cut anywhere. */
export function cutterOf(kind: string, isKeptWhole: boolean): Cutter {
  if (isKeptWhole) return WHOLE;
  if (kind === 'pcap') return new RecordCutter(new PcapRecords());
  if (kind === 'pcapng') return new RecordCutter(new PcapngBlocks());
  return new LineCutter();
}

const WHOLE: Cutter = { prelude: NOTHING, take: (chunk) => chunk, end: () => NOTHING };

/** How a format's records lie one behind the other. */
interface Records {
  /** The length of the record at a place, its header too; 0 where more bytes are needed to tell. */
  lengthAt(bytes: Uint8Array, at: number): number;
  /** The prelude behind a record. */
  after(prelude: Uint8Array, record: Uint8Array): Uint8Array;
}

class RecordCutter implements Cutter {
  prelude = NOTHING;
  private rest = NOTHING;
  private isDamaged = false;

  constructor(private readonly records: Records) {}

  take(chunk: Uint8Array): Uint8Array {
    if (this.isDamaged) return chunk;
    const bytes = this.rest.length === 0 ? chunk : joined(this.rest, chunk);
    let at = 0;
    for (;;) {
      const length = this.records.lengthAt(bytes, at);
      if (length > LONGEST) {
        this.isDamaged = true;
        this.rest = NOTHING;
        return bytes;
      }
      if (length === 0 || at + length > bytes.length) break;
      this.prelude = this.records.after(this.prelude, bytes.subarray(at, at + length)) as typeof NOTHING;
      at += length;
    }
    this.rest = bytes.slice(at);
    return bytes.subarray(0, at);
  }

  end(): Uint8Array {
    return this.rest;
  }
}

/** pcap-savefile(5): a file's header, then records of 16 octets and their bytes. */
class PcapRecords implements Records {
  private order: ByteOrder | null = null;

  lengthAt(bytes: Uint8Array, at: number): number {
    if (this.order === null) {
      if (at + FILE_HEADER > bytes.length) return 0;
      this.order = byteOrderAt(bytes, at) ?? LITTLE_ENDIAN;
      return FILE_HEADER;
    }
    return at + 16 > bytes.length ? 0 : 16 + this.order.u32(bytes, at + 8);
  }

  after(prelude: Uint8Array, record: Uint8Array): Uint8Array {
    return prelude.length === 0 ? record.slice() : prelude;
  }
}

const DECRYPTION_SECRETS = 10;
/** Packets after these may need them. */
const LASTING = [INTERFACE_DESCRIPTION, NAME_RESOLUTION, DECRYPTION_SECRETS];

/** Blocks of pcapng (draft-ietf-opsawg-pcapng, 3.1). */
class PcapngBlocks implements Records {
  private order: ByteOrder = LITTLE_ENDIAN;

  lengthAt(bytes: Uint8Array, at: number): number {
    if (at + 12 > bytes.length) return 0;
    this.order = sectionOrderAt(bytes, at) ?? this.order;
    return Math.max(12, this.order.u32(bytes, at + 4));
  }

  after(prelude: Uint8Array, block: Uint8Array): Uint8Array {
    if (u32(block, 0) === SECTION_HEADER) return block.slice();
    const lasts = LASTING.includes(this.order.u32(block, 0));
    return lasts && prelude.length + block.length <= MOST_PRELUDE ? joined(prelude, block) : prelude;
  }
}

class LineCutter implements Cutter {
  readonly prelude = NOTHING;
  private rest = NOTHING;

  take(chunk: Uint8Array): Uint8Array {
    const end = chunk.lastIndexOf(0x0a) + 1;
    if (end === 0 && this.rest.length + chunk.length < LONGEST) {
      this.rest = joined(this.rest, chunk);
      return NOTHING;
    }
    const whole = joined(this.rest, chunk.subarray(0, end === 0 ? chunk.length : end));
    this.rest = end === 0 ? NOTHING : chunk.slice(end);
    return whole;
  }

  end(): Uint8Array {
    return this.rest;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
