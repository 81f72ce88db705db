import { withoutCompression } from '../base/rotation.js';
import type { KnownSource } from './source-record.js';

/** The sources of a database, each found by what an input may have in common with it. */
export class KnownSources {
  private readonly bySourceId = new Map<number, KnownSource>();
  private readonly byHash = new Index<string>((source) => [source.sha256, source.contentSha256]);
  private readonly bySize = new Index<number>((source) => [source.bytes, source.contentBytes]);
  private readonly byFirstTime = new Index<string>(({ firstTime }) =>
    firstTime === null ? [] : [firstTime],
  );
  private readonly byPath = new Index<string>(({ path }) => [withoutCompression(path)]);
  /** The largest number of any; 0 where there is none. */
  last = 0;

  constructor(sources: Iterable<KnownSource> = []) {
    for (const source of sources) this.add(source);
  }

  /** All of them, in the order of their numbers. */
  get all(): readonly KnownSource[] {
    return [...this.bySourceId.values()];
  }

  get(sourceId: number): KnownSource | undefined {
    return this.bySourceId.get(sourceId);
  }

  /** Adds a source of the next number, or puts it in the place of the one with its number. */
  add(source: KnownSource): void {
    const before = this.bySourceId.get(source.sourceId);
    for (const index of this.indices) {
      if (before) index.remove(before);
      index.add(source);
    }
    this.bySourceId.set(source.sourceId, source);
    this.last = Math.max(this.last, source.sourceId);
  }

  remove(sourceId: number): void {
    const source = this.bySourceId.get(sourceId);
    if (!source) return;
    for (const index of this.indices) index.remove(source);
    this.bySourceId.delete(sourceId);
    if (sourceId === this.last) this.last = [...this.bySourceId.keys()].at(-1) ?? 0;
  }

  /** Those whose bytes, stored or decompressed, have this hash, in hex. */
  ofHash(sha256: string): readonly KnownSource[] {
    return this.byHash.find(sha256);
  }

  /** Those of so many bytes, stored or decompressed. */
  ofSize(bytes: number): readonly KnownSource[] {
    return this.bySize.find(bytes);
  }

  /** Those whose earliest instant is this one. */
  ofFirstTime(firstTime: string): readonly KnownSource[] {
    return this.byFirstTime.find(firstTime);
  }

  /** Those read from a path, whatever it was compressed as. */
  ofPath(path: string): readonly KnownSource[] {
    return this.byPath.find(withoutCompression(path));
  }

  private get indices(): readonly Pick<Index<never>, 'add' | 'remove'>[] {
    return [this.byHash, this.bySize, this.byFirstTime, this.byPath];
  }
}

/** Sources by what they have, in the order of their numbers. */
class Index<K> {
  private readonly found = new Map<K, Map<number, KnownSource>>();

  constructor(private readonly keysOf: (source: KnownSource) => readonly K[]) {}

  find(key: K): readonly KnownSource[] {
    return [...(this.found.get(key)?.values() ?? [])].sort((a, b) => a.sourceId - b.sourceId);
  }

  add(source: KnownSource): void {
    for (const key of this.keysOf(source)) {
      const sources = this.found.get(key) ?? new Map<number, KnownSource>();
      this.found.set(key, sources.set(source.sourceId, source));
    }
  }

  remove(source: KnownSource): void {
    for (const key of this.keysOf(source)) this.found.get(key)?.delete(source.sourceId);
  }
}
