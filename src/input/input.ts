/** An input after decompression, ready to be read once from its start. */
export interface Input {
  /** As the user would name it: a path, `-` for standard input, `pods.tar.gz:a.log` never. */
  readonly path: string;
  /** The first bytes (up to SNIFF_BYTES, fewer only if the input is shorter). */
  readonly head: Uint8Array;
  /** All of it where it is a short text, in lines without what a paste puts around them; else null. */
  readonly lines: readonly string[] | null;
  /** All bytes from the start, `head` included, in chunks of any size. Can be iterated once. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** How many bytes a reader may look at to tell what an input is. */
export const SNIFF_BYTES = 65536;
