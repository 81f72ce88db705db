import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Reader } from '../input/reader.js';
import { openContent } from '../input/open-input.js';
import { withoutCompression } from '../input/rotation.js';
import { StoredBytes } from '../input/stored-bytes.js';
import type { KnownSource, Ledger } from '../store/ledger.js';

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

  /** Sizes of what an input might be the continuation of. */
  sizes(): number[] {
    return [...new Set(this.ledger.sources.map(({ contentBytes }) => contentBytes))];
  }

  /** The source with these bytes, stored or decompressed; where its kind is named by its path, only under this name. */
  ofSameBytes(path: string, sha256: string): KnownSource | null {
    return this.ledger.knownSources(sha256).find((source) => this.mayBe(source, path)) ?? null;
  }

  /** The last source read from a path, of a kind where one is given. */
  ofPath(path: string, kind?: string): KnownSource | null {
    if (path === '-') return null;
    const isOf = (source: KnownSource) => source.path === path && (kind ?? source.kind) === source.kind;
    return this.ledger.sources.findLast(isOf) ?? null;
  }

  /** The sources that an input continues; `prefixes` are hashes of its beginnings by their sizes. */
  continuedBy(input: ReadInput, prefixes: ReadonlyMap<number, string>): KnownSource[] {
    return this.ledger.sources.filter(
      (source) =>
        source.contentBytes < input.contentBytes &&
        prefixes.get(source.contentBytes) === source.contentSha256 &&
        // Without times, logs of two servers may begin alike.
        (source.firstTime !== null || withoutCompression(source.path) === withoutCompression(input.path)) &&
        this.mayBeOne(source, input),
    );
  }

  /** A longer source whose beginning an input is; it must still be there to tell. */
  async continuing(input: ReadInput): Promise<KnownSource | null> {
    if (input.firstTime === null) return null;
    for (const source of this.ledger.sources) {
      const longer = source.contentBytes > input.contentBytes && source.firstTime === input.firstTime;
      if (!longer || source.path === '-' || !this.mayBeOne(source, input)) continue;
      if ((await hashOfBeginning(source.path, input.contentBytes)) === input.contentSha256) return source;
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

/** Hash of a file's first bytes after decompression; null where they are not there any more. */
async function hashOfBeginning(path: string, bytes: number): Promise<string | null> {
  const stats = await stat(path).catch(() => null);
  if (!stats?.isFile()) return null;
  const stored = await StoredBytes.open(path, () => undefined, undefined, [bytes]);
  try {
    const { reader, content } = await openContent(stored, () => undefined);
    while (content.bytes < bytes && (await reader.some(1 << 20)) !== null);
    return content.prefixes.get(bytes) ?? null;
  } finally {
    await stored.close();
  }
}
