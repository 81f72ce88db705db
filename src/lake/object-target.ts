import type { Database } from '../store/database.js';
import { textLiteral } from '../base/sql-text.js';
import type { Batch } from './lake-batch.js';
import {
  checkLakeFile,
  INTERRUPTED,
  LAKE_FILE,
  type LakeFile,
  lakeFileText,
  type Manifest,
  manifestPath,
  parseManifest,
} from './manifest.js';
import { explainReach, isGone, readObject } from './object-store.js';
import type { LakeTarget } from './target.js';

/**
 * A lake in an object store. Objects appear whole or not at all, so that files are written to their final keys. The
 * batch's manifest says that it is interrupted from before the first of them until after the last, so that whoever
 * reads the lake meanwhile, or after a kill, leaves the batch out. Nothing can be deleted from here: what is out of date becomes a file without rows.
 */
export class ObjectTarget implements LakeTarget {
  private isNew = false;

  constructor(
    private readonly database: Database,
    private readonly url: string,
  ) {}

  async previous({ name }: Batch): Promise<Manifest | null> {
    const lakeFile = `${this.url}/${LAKE_FILE}`;
    const version = await readObject(this.database, lakeFile);
    if (version === null) this.isNew = true;
    else checkLakeFile(version, lakeFile);
    const path = `${this.url}/${manifestPath(name)}`;
    const text = await readObject(this.database, path);
    return text === null ? null : parseManifest(text, path);
  }

  /** Objects do not vanish by themselves: what the manifest lists is taken to be there. */
  async holds(): Promise<boolean> {
    return true;
  }

  async begin(): Promise<void> {}

  async announce(planned: Manifest, previous: Manifest | null): Promise<void> {
    if (this.isNew) await this.write(`${this.url}/${LAKE_FILE}`, lakeFileText());
    const files = new Map<string, LakeFile>();
    for (const entry of [...(previous?.files ?? []), ...planned.files]) files.set(entry.file, entry);
    await this.writeManifest({ ...planned, fingerprint: INTERRUPTED, files: [...files.values()] });
  }

  async prepare(file: string): Promise<string> {
    return `${this.url}/${file}`;
  }

  async hash(): Promise<null> {
    return null;
  }

  async publish(manifest: Manifest, previous: Manifest | null): Promise<string[]> {
    const kept = new Set(manifest.files.map(({ file }) => file));
    const gone = previous?.files.filter(({ file }) => !kept.has(file)) ?? [];
    const left: string[] = [];
    for (const { file } of gone) {
      const why = await this.empty(`${this.url}/${file}`);
      if (why !== null) left.push(`${why}; it is out of date, delete it`);
    }
    await this.writeManifest(manifest);
    return left;
  }

  async abandon(): Promise<void> {}

  /** Takes all rows out of a file, for engines that read what lies there and know no manifests. Gives why that failed, or null. */
  private async empty(path: string): Promise<string | null> {
    const rows = `from read_parquet(${textLiteral(path)}, hive_partitioning = false) limit 0`;
    return this.database.run(`copy (${rows}) to ${textLiteral(path)} (format parquet)`).then(
      () => null,
      (error: unknown) =>
        isGone(error as Error) ? null : explainReach(`${path} cannot be emptied`, error).message,
    );
  }

  private async writeManifest(manifest: Manifest): Promise<void> {
    await this.write(`${this.url}/${manifestPath(manifest.batch)}`, JSON.stringify(manifest));
  }

  /** Writes a text of one line; JSON escapes what would end it. */
  private async write(path: string, text: string): Promise<void> {
    const options = "format csv, header false, quote '', escape '', delimiter '\u001F'";
    await this.database
      .run(`copy (select ${textLiteral(text)}) to ${textLiteral(path)} (${options})`)
      .catch((error: unknown) => {
        throw explainReach(`${path} cannot be written`, error);
      });
  }
}
