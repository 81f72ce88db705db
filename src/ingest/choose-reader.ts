import type { Reader, ReadOptions } from '../raw/reader.js';

/** A log that many programs share may have few lines of ours; less than this share is another kind of file. */
export const LEAST_SCORE = 0.1;

/** A reader, and how sure it is of an input. */
export interface Choice {
  readonly reader: Reader;
  readonly score: number;
}

/** The reader that is surest of these first bytes, the earlier one of equals, and how sure; null where none is sure enough. */
export function surest(
  readers: readonly Reader[],
  head: Uint8Array,
  path: string,
  options?: ReadOptions,
): Choice | null {
  let best: Reader | null = null;
  let most = 0;
  for (const reader of readers) {
    const score = reader.sniff(head, path, options);
    if (score > most) [best, most] = [reader, score];
    // none is surer
    if (most >= 1) break;
  }
  return best && most >= LEAST_SCORE ? { reader: best, score: most } : null;
}

/** The reader of `surest`. */
export function chooseReader(
  readers: readonly Reader[],
  head: Uint8Array,
  path: string,
  options?: ReadOptions,
): Reader | null {
  return surest(readers, head, path, options)?.reader ?? null;
}
