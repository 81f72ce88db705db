/** Gives the next bytes of an input, or null at its end. */
export type NextChunk = () => Promise<Uint8Array | null>;

/** Takes exact lengths from a stream of chunks of any size. */
export class ByteReader {
  private chunk: Uint8Array = new Uint8Array(0);
  private at = 0;
  private ended = false;
  /** Bytes taken so far. */
  position = 0;

  constructor(private readonly next: NextChunk) {}

  /** The next `length` bytes without taking them; fewer only at the end. Valid until the next call. */
  async peek(length: number): Promise<Uint8Array> {
    if (this.chunk.length - this.at < length && !this.ended) await this.gather(length);
    return this.chunk.subarray(this.at, this.at + length);
  }

  /** Takes `length` bytes; fewer only at the end. Valid until the next call. */
  async take(length: number): Promise<Uint8Array> {
    const bytes = await this.peek(length);
    this.advance(bytes.length);
    return bytes;
  }

  /** Takes whatever is there, at most `length` bytes; null at the end. */
  async some(length: number): Promise<Uint8Array | null> {
    const first = await this.peek(1);
    if (first.length === 0) return null;
    const bytes = this.chunk.subarray(this.at, this.at + length);
    this.advance(bytes.length);
    return bytes;
  }

  /** Passes over `length` bytes; false if the input ends before. */
  async skip(length: number): Promise<boolean> {
    for (let left = length; left > 0;) {
      const bytes = await this.some(left);
      if (bytes === null) return false;
      left -= bytes.length;
    }
    return true;
  }

  private advance(length: number): void {
    this.at += length;
    this.position += length;
  }

  private async gather(length: number): Promise<void> {
    const parts = [this.chunk.subarray(this.at)];
    let have = parts[0]!.length;
    while (have < length) {
      const part = await this.next();
      if (part === null) {
        this.ended = true;
        break;
      }
      parts.push(part);
      have += part.length;
    }
    const [only, other] = parts.filter((part) => part.length > 0);
    this.chunk = other ? Buffer.concat(parts, have) : (only ?? new Uint8Array(0));
    this.at = 0;
  }
}

/** The rest of a reader as chunks. */
export async function* restOf(reader: ByteReader, most = 1 << 20): AsyncGenerator<Uint8Array> {
  for (let chunk = await reader.some(most); chunk !== null; chunk = await reader.some(most)) yield chunk;
}

/** Turns chunks into a function that gives one after the other. */
export function nextOf(chunks: AsyncIterable<Uint8Array>): NextChunk {
  const iterator = chunks[Symbol.asyncIterator]();
  return async () => {
    const { done, value } = await iterator.next();
    return done ? null : value;
  };
}
