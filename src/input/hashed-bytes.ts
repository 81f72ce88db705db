import { createHash } from 'node:crypto';

/** Hash and count of bytes that pass by, and of their beginnings of some sizes. */
export class HashedBytes {
  /** Bytes so far. */
  bytes = 0;
  /** Hashes of the first so many bytes, in hex, for the sizes asked for that were reached. */
  readonly prefixes = new Map<number, string>();
  private readonly hash = createHash('sha256');
  private readonly left: number[];

  constructor(
    /** Sizes of beginnings to hash by themselves. */
    readonly sizes: readonly number[] = [],
  ) {
    this.left = [...new Set(sizes)].sort((a, b) => a - b);
  }

  update(chunk: Uint8Array): void {
    let from = 0;
    for (
      let next = this.left[0];
      next !== undefined && next <= this.bytes + chunk.length - from;
      next = this.left[0]
    ) {
      const part = chunk.subarray(from, from + next - this.bytes);
      this.hash.update(part);
      this.bytes += part.length;
      from += part.length;
      this.prefixes.set(next, this.sha256());
      this.left.shift();
    }
    this.hash.update(chunk.subarray(from));
    this.bytes += chunk.length - from;
  }

  /** Hash of the bytes so far, in hex. */
  sha256(): string {
    return this.hash.copy().digest('hex');
  }
}
