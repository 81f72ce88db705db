import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Reader } from '../raw/reader.js';
import type { FileName } from '../input/file-name.js';
import { openContent } from '../input/open-input.js';
import { withoutCompression } from '../base/rotation.js';
import { StoredBytes } from '../input/stored-bytes.js';
import type { Ledger } from '../store/ledger.js';
import type { KnownSource } from '../store/source-record.js';

/** What is known of an input that has just been read. */
export interface ReadInput {
  path: string;
  label: string | null;
  kind: string;
  /** Hash and size after decompression. */
  contentSha256: string;
  contentBytes: number;
  /** The earliest instant in it, in nanoseconds since 1970; null where it has no times. */
  firstTime: string | null;
}

/**
 * Which readings in a database are of the same input as one at hand: of the same bytes, of its beginning (a
 * capture or log that was still being written then), or of one that it is the beginning of. Bytes are compared
 * after decompression, whatever either is stored as.
 */
export class EarlierReadings {
  private readonly namedByPath: ReadonlySet<string>;

  constructor(
    private readonly ledger: Ledger,
    kinds: readonly Reader[],
  ) {
    this.namedByPath = new Set(kinds.filter((reader) => reader.namedByPath).map(({ kind }) => kind));
  }

  /** Sizes of all that an input might be the continuation of. */
  sizes(): number[] {
    return [...new Set(this.ledger.known.all.map(({ contentBytes }) => contentBytes))];
  }

  /** The source with these bytes, stored or decompressed; where its kind is named by its path, only under this name. */
  ofSameBytes(path: string, sha256: string): KnownSource | null {
    return this.ledger.known.ofHash(sha256).find((source) => this.mayBe(source, path)) ?? null;
  }

  /** The last source read from a path, of a kind where one is given. */
  ofPath(path: string, kind?: string): KnownSource | null {
    if (path === '-') return null;
    const isOf = (source: KnownSource) => source.path === path && (kind ?? source.kind) === source.kind;
    return this.ledger.known.ofPath(path).findLast(isOf) ?? null;
  }

  /**
   * The sources that an input continues: those that begin when it does, or were read from its path (without times,
   * logs of two servers may begin alike). `beginnings` hashes so many of its first bytes, for all of some sizes.
   */
  async continuedBy(
    input: ReadInput,
    beginnings: (sizes: readonly number[]) => Promise<ReadonlyMap<number, string>>,
  ): Promise<KnownSource[]> {
    const { known } = this.ledger;
    const ofTime = input.firstTime === null ? [] : known.ofFirstTime(input.firstTime);
    const shorter = [...new Set([...ofTime, ...known.ofPath(input.path)])].filter(
      (source) => source.contentBytes < input.contentBytes && this.mayBeOne(source, input),
    );
    if (shorter.length === 0) return [];
    const hashes = await beginnings(shorter.map(({ contentBytes }) => contentBytes));
    return shorter.filter((source) => hashes.get(source.contentBytes) === source.contentSha256);
  }

  /** A longer source whose beginning an input is; it must still be there to tell. */
  async continuing(input: ReadInput): Promise<KnownSource | null> {
    if (input.firstTime === null) return null;
    for (const source of this.ledger.known.ofFirstTime(input.firstTime)) {
      const isLonger = source.contentBytes > input.contentBytes && source.path !== '-';
      if (!isLonger || !this.mayBeOne(source, input)) continue;
      const hashes = await beginningsOf(source.path, [input.contentBytes]);
      if (hashes.get(input.contentBytes) === input.contentSha256) return source;
    }
    return null;
  }

  private mayBeOne(source: KnownSource, { path, label, kind }: ReadInput): boolean {
    const sameLabel = source.label === null || label === null || source.label === label;
    return source.kind === kind && sameLabel && this.mayBe(source, path);
  }

  private mayBe(source: KnownSource, path: string): boolean {
    return !this.namedByPath.has(source.kind) || nameOf(source.path) === nameOf(path);
  }
}

function nameOf(path: string): string {
  return withoutCompression(basename(path));
}

/** Hashes of the first bytes of a file after decompression, by how many; of what is not there any more there is none. */
export async function beginningsOf(
  file: FileName,
  sizes: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const stats = await stat(file).catch(() => null);
  if (!stats?.isFile()) return new Map();
  const stored = await StoredBytes.open(file, () => undefined, undefined, sizes);
  try {
    return await beginningsIn(stored, Math.max(...sizes));
  } finally {
    await stored.close();
  }
}

/** The same of bytes that are told to hash the beginnings of such sizes; the largest is the one given. */
export async function beginningsIn(
  stored: StoredBytes,
  largest: number,
): Promise<ReadonlyMap<number, string>> {
  const { reader, content } = await openContent(stored, () => undefined);
  while (content.bytes < largest && (await reader.some(1 << 20)) !== null);
  return content.prefixes;
}
