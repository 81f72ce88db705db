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
import { explainReach, readObject } from './object-store.js';
import type { LakeTarget } from './target.js';

/**
 * A lake in an object store. Objects appear whole or not at all, so that files are written to their final keys. The
 * batch's manifest says that it is interrupted from before the first of them until after the last, so that whoever
 * reads the lake meanwhile, or after a kill, leaves the batch out. Nothing can be deleted from here.
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
    await this.writeManifest(manifest);
    const kept = new Set(manifest.files.map(({ file }) => file));
    const gone = previous?.files.filter(({ file }) => !kept.has(file)) ?? [];
    return gone.map(({ file }) => `${this.url}/${file} is out of date; delete it`);
  }

  async abandon(): Promise<void> {}

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
