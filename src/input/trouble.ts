import type { Problem } from '../base/problem.js';

/** Something wrong with an input below its format: cut or broken compression, a file that changed. */
export interface Trouble extends Problem {
  /** Why the source is not complete, if this makes it so. */
  incomplete: string;
}

/** Told of troubles while the bytes are read, before the bytes end. */
export type OnTrouble = (trouble: Trouble) => void;

type Compression = 'gzip' | 'zstd' | 'xz' | 'lz4';

/** A compressed stream that ends before its end. `position` counts compressed bytes. */
export function cut(format: Compression, position: number): Trouble {
  return {
    code: `cut-${format}`,
    detail: `the ${format} stream ends in its middle; all that could be decompressed before was read`,
    position: `byte ${position}`,
    incomplete: `the ${format} stream is cut at byte ${position}`,
  };
}

/** A compressed stream with bytes that cannot be decompressed. `position` counts compressed bytes. */
export function broken(format: Compression, position: number): Trouble {
  return {
    code: `broken-${format}`,
    detail: `the ${format} stream cannot be decompressed from here on; what came before was read`,
    position: `byte ${position}`,
    incomplete: `the ${format} stream is broken near byte ${position}`,
  };
}

/** A compressed stream whose checksum does not fit what it decompressed to. `position` counts compressed bytes. */
export function wrongChecksum(format: 'zstd' | 'lz4', position: number): Trouble {
  return {
    code: `wrong-checksum-${format}`,
    detail: `the ${format} stream's checksum does not fit what it decompresses to; it was read, but some of it is not as it was written`,
    position: `byte ${position}`,
    incomplete: `the ${format} stream is damaged somewhere before byte ${position}`,
  };
}
