/**
 * Reads one record at `bytes[start..end)`. Returns its length (consumed; may lie past `end`: the rest is
 * skipped), or minus the number of bytes from `start` that it needs, or 0 to stop reading for good.
 */
export type RecordStep = (bytes: Uint8Array, start: number, end: number) => number;

/** Where records lie while they are read: `bytes[from..to)`, from the beginning of it on. */
export interface Window {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/** Room for chunks as inputs give them; a record that needs more gets it. */
const ROOM = 1 << 20;

/** Gives a step function whole records from chunks of any size, all of them in one window. */
export class RecordFeed {
  private bytes: Uint8Array;
  /** The window, and what of it holds bytes that are not consumed. */
  private first: number;
  private last: number;
  private from: number;
  private to: number;
  private skip = 0;
  private want = 1;
  private stopped = false;
  /** Bytes consumed: where the record at hand starts in the input. */
  offset = 0;

  constructor(
    private readonly step: RecordStep,
    { bytes, from, to }: Window = { bytes: new Uint8Array(ROOM), from: 0, to: ROOM },
  ) {
    this.bytes = bytes;
    this.first = this.from = this.to = from;
    this.last = to;
  }

  /** Bytes at the end that make no whole record. */
  get rest(): number {
    return this.to - this.from;
  }

  /** Bytes of the last record that the input does not have, when it is one that is skipped. */
  get missing(): number {
    return this.skip;
  }

  /** Takes the next chunk; false when no more is wanted. */
  push(chunk: Uint8Array): boolean {
    for (let at = 0; at < chunk.length && !this.stopped;) {
      const skipped = Math.min(this.skip, chunk.length - at);
      this.skip -= skipped;
      at += skipped;
      at += this.take(chunk, at);
      this.consume();
    }
    return !this.stopped;
  }

  /** Tries once more what waited for bytes that did not come: a step may now do with fewer. */
  finish(): void {
    this.want = 1;
    this.consume();
  }

  /** Copies what there is room for; how much that was. */
  private take(chunk: Uint8Array, at: number): number {
    const held = this.to - this.from;
    if (this.from > this.first) {
      this.bytes.copyWithin(this.first, this.from, this.to);
      this.from = this.first;
      this.to = this.first + held;
    }
    if (this.to === this.last) this.widen(held);
    const taken = Math.min(chunk.length - at, this.last - this.to);
    this.bytes.set(chunk.subarray(at, at + taken), this.to);
    this.to += taken;
    return taken;
  }

  private widen(held: number): void {
    const wider = new Uint8Array(2 * held);
    wider.set(this.bytes.subarray(this.from, this.to));
    this.bytes = wider;
    this.first = this.from = 0;
    this.to = held;
    this.last = wider.length;
  }

  private consume(): void {
    while (this.to - this.from >= this.want && !this.stopped) {
      const used = this.step(this.bytes, this.from, this.to);
      if (used === 0) return this.stop();
      this.want = used < 0 ? -used : 1;
      if (used < 0) continue;
      this.offset += used;
      this.from += used;
      if (this.from > this.to) {
        this.skip = this.from - this.to;
        this.from = this.to;
      }
    }
  }

  private stop(): void {
    this.stopped = true;
    this.from = this.to;
  }
}
