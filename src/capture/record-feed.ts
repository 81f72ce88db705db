/**
 * Reads one record at `bytes[start..end)`. Returns its length (consumed; may lie past `end`: the rest is
 * skipped), or minus the number of bytes from `start` that it needs, or 0 to stop reading for good.
 */
export type RecordStep = (bytes: Uint8Array, start: number, end: number) => number;

/** Gives a step function whole records from chunks of any size; only a record cut by a chunk's end is copied. */
export class RecordFeed {
  private carry = new Uint8Array(65536);
  private from = 0;
  private to = 0;
  private skip = 0;
  private want = 1;
  private stopped = false;
  /** Bytes consumed: where the record at hand starts in the input. */
  offset = 0;

  constructor(private readonly step: RecordStep) {}

  /** Bytes at the end that make no whole record. */
  get rest(): number {
    return this.to - this.from;
  }

  /** Bytes of the last record that the input does not have, when it is one that is skipped. */
  get missing(): number {
    return this.skip;
  }

  /** Takes the next chunk; false when no more is wanted. */
  push(given: Uint8Array): boolean {
    // Never a Buffer: all decoding then sees one shape of array, which is twice as fast.
    const chunk = new Uint8Array(given.buffer, given.byteOffset, given.length);
    let at = Math.min(this.skip, chunk.length);
    this.skip -= at;
    while (this.from < this.to && !this.stopped) {
      const wanted = this.want - (this.to - this.from);
      if (wanted > 0) {
        const taken = Math.min(wanted, chunk.length - at);
        this.append(chunk, at, taken);
        at += taken;
        if (taken < wanted) return true;
      }
      const used = this.step(this.carry, this.from, this.to);
      const surplus = this.from + used - this.to;
      this.from = Math.min(this.advance(this.from, used), this.to);
      if (surplus > 0) {
        const skipped = Math.min(surplus, chunk.length - at);
        at += skipped;
        this.skip = surplus - skipped;
      }
    }
    this.from = this.to = 0;
    while (at < chunk.length && !this.stopped) {
      const used = this.step(chunk, at, chunk.length);
      if (used < 0) {
        this.want = -used;
        this.append(chunk, at, chunk.length - at);
        return true;
      }
      at = this.advance(at, used);
    }
    if (at > chunk.length) this.skip = at - chunk.length;
    return !this.stopped;
  }

  /** Tries once more what waited for bytes that did not come: a step may now do with fewer. */
  finish(): void {
    while (this.from < this.to && !this.stopped) {
      const used = this.step(this.carry, this.from, this.to);
      if (used < 0) return;
      this.from = Math.min(this.advance(this.from, used), this.to);
    }
  }

  private advance(at: number, used: number): number {
    if (used === 0) this.stopped = true;
    if (used < 0) {
      this.want = -used;
      return at;
    }
    this.want = 1;
    this.offset += used;
    return at + used;
  }

  private append(chunk: Uint8Array, at: number, length: number): void {
    const held = this.to - this.from;
    if (this.to + length > this.carry.length) {
      const room = Math.max(this.carry.length, 2 * (held + length));
      const carry = room > this.carry.length ? new Uint8Array(room) : this.carry;
      carry.set(this.carry.subarray(this.from, this.to));
      this.carry = carry;
      this.from = 0;
      this.to = held;
    }
    this.carry.set(chunk.subarray(at, at + length), this.to);
    this.to += length;
  }
}
