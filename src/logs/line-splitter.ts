const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const ESCAPE = 27;

/** A longer line is cut here: CRI and Docker split at 16 KiB, CoreDNS's own lines stay under 2 KiB. */
export const LONGEST_LINE = 1 << 20;

/** Takes a line without its end: `bytes[start..end)`, valid during the call only. */
export type TakeLine = (bytes: Uint8Array, start: number, end: number, isCut: boolean) => void;

/** Takes lines of a chunk from `at` on, where one begins: where the first begins that it leaves, perhaps `at`. */
export type TakeAhead = (chunk: Uint8Array, at: number) => number;

/** Cuts chunks of any size into lines; colour codes are taken out. Lines inside a chunk are not copied. */
export class LineSplitter {
  private carry = new Uint8Array(4096);
  private carried = 0;
  private isCut = false;
  private carriesColour = false;

  constructor(
    private readonly take: TakeLine,
    private readonly ahead: TakeAhead | null = null,
  ) {}

  push(input: Uint8Array): void {
    // One class of arrays for all that reads bytes, Buffer for its faster search.
    const chunk = new Uint8Array(input.buffer, input.byteOffset, input.length);
    const search = Buffer.from(input.buffer, input.byteOffset, input.length);
    const isColoured = search.includes(ESCAPE) || this.carriesColour;
    let start = 0;
    for (;;) {
      if (this.ahead && this.carried === 0) start = this.ahead(chunk, start);
      const end = search.indexOf(LINE_FEED, start);
      if (end === -1) break;
      if (this.carried > 0) {
        this.keep(chunk, start, end);
        this.emitCarried(isColoured);
      } else if (end - start > LONGEST_LINE) this.emit(chunk, start, start + LONGEST_LINE, true, isColoured);
      else this.emit(chunk, start, end, false, isColoured);
      start = end + 1;
    }
    this.keep(chunk, start, chunk.length);
    this.carriesColour = isColoured && this.carried > 0;
  }

  /** Hands on a last line without an end. */
  finish(): void {
    if (this.carried > 0) this.emitCarried(this.carriesColour);
  }

  private emitCarried(isColoured: boolean): void {
    const end = this.carried;
    this.carried = 0;
    this.emit(this.carry, 0, end, this.isCut, isColoured);
    this.isCut = false;
  }

  private emit(bytes: Uint8Array, start: number, end: number, isCut: boolean, isColoured: boolean): void {
    while (end > start && bytes[end - 1] === CARRIAGE_RETURN) end--;
    // A file cut short while it is written to begins anew with a hole of zero bytes.
    while (start < end && bytes[start] === 0) start++;
    if (isColoured) {
      const plain = withoutColours(bytes, start, end);
      this.take(plain, 0, plain.length, isCut);
    } else this.take(bytes, start, end, isCut);
  }

  private keep(chunk: Uint8Array, start: number, end: number): void {
    const room = LONGEST_LINE - this.carried;
    if (end - start > room) {
      end = start + room;
      this.isCut = true;
    }
    if (this.carried + end - start > this.carry.length) {
      const wider = new Uint8Array(Math.max(this.carry.length * 2, this.carried + end - start));
      wider.set(this.carry.subarray(0, this.carried));
      this.carry = wider;
    }
    this.carry.set(chunk.subarray(start, end), this.carried);
    this.carried += end - start;
  }
}

/** The line without control sequences (ECMA-48, 5.4: ESC [ parameters final). */
function withoutColours(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const plain = new Uint8Array(end - start);
  let length = 0;
  for (let i = start; i < end; i++) {
    if (bytes[i] !== ESCAPE || bytes[i + 1] !== 0x5b) plain[length++] = bytes[i]!;
    else for (i += 2; i < end && (bytes[i]! < 0x40 || bytes[i]! > 0x7e);) i++;
  }
  return plain.subarray(0, length);
}
