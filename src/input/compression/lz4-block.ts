const HISTORY = 65536;

/**
 * Decompresses the blocks of one lz4 frame (doc/lz4_Block_format.md), with up to 64 KiB of what came before
 * where blocks are linked. A block that is cut or broken gives what came before its fault.
 */
export class Lz4Window {
  private buffer: Uint8Array;
  private history = 0;
  /** Whether the last block could not be decompressed to its end. */
  broken = false;

  constructor(
    /** The most bytes that a block may decompress to. */
    readonly blockBytes: number,
  ) {
    this.buffer = new Uint8Array(HISTORY + Math.min(blockBytes, 1 << 18));
  }

  /** A block that is stored as it is. Valid until the next call. */
  store(block: Uint8Array, linked: boolean): Uint8Array {
    this.begin(linked);
    this.reserve(this.history + block.length);
    this.buffer.set(block, this.history);
    return this.finish(this.history + block.length);
  }

  /** A compressed block. */
  decompress(block: Uint8Array, linked: boolean): Uint8Array {
    this.begin(linked);
    const limit = this.history + this.blockBytes;
    let to = this.history;
    let at = 0;
    while (at < block.length) {
      const token = block[at++]!;
      let literals = token >> 4;
      if (literals === 15) [literals, at] = longLength(block, at, literals);
      const have = Math.min(literals, block.length - at);
      if (to + have > limit) return this.fail(to);
      this.reserve(to + have);
      copy(block, at, this.buffer, to, have);
      to += have;
      at += have;
      if (have < literals) return this.fail(to);
      if (at === block.length) break;
      if (at + 2 > block.length) return this.fail(to);
      const offset = block[at]! | (block[at + 1]! << 8);
      at += 2;
      let length = token & 15;
      if (length === 15) [length, at] = longLength(block, at, length);
      length += 4;
      if (offset === 0 || offset > to || to + length > limit) return this.fail(to);
      this.reserve(to + length);
      const { buffer } = this;
      for (const end = to + length; to < end; to++) buffer[to] = buffer[to - offset]!;
    }
    return this.finish(to);
  }

  /** Keeps the history that a linked block may point to at the buffer's start. */
  private begin(linked: boolean): void {
    if (!linked) this.history = 0;
    this.broken = false;
  }

  private fail(to: number): Uint8Array {
    this.broken = true;
    return this.finish(to);
  }

  private finish(to: number): Uint8Array {
    const bytes = this.buffer.slice(this.history, to);
    const keep = Math.min(to, HISTORY);
    this.buffer.copyWithin(0, to - keep, to);
    this.history = keep;
    return bytes;
  }

  private reserve(length: number): void {
    if (length <= this.buffer.length) return;
    const wider = new Uint8Array(
      Math.min(Math.max(length, this.buffer.length * 2), HISTORY + this.blockBytes),
    );
    wider.set(this.buffer);
    this.buffer = wider;
  }
}

/** A length of 15 goes on in bytes of 255 until a smaller one. Returns it and where the next field is. */
function longLength(block: Uint8Array, at: number, length: number): [number, number] {
  for (;;) {
    const byte = block[at++] ?? 0;
    length += byte;
    if (byte !== 255) return [length, at];
  }
}

function copy(from: Uint8Array, at: number, into: Uint8Array, to: number, length: number): void {
  if (length > 32) into.set(from.subarray(at, at + length), to);
  else for (let i = 0; i < length; i++) into[to + i] = from[at + i]!;
}
