import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { explainMachine } from '../base/system-fault.js';
import { UserError } from '../base/user-error.js';
import type { Batch } from './lake-batch.js';
import {
  checkLakeFile,
  INTERRUPTED,
  LAKE_FILE,
  type LakeFile,
  lakeFileText,
  type Manifest,
  manifestPath,
  nextPath,
  parseManifest,
} from './manifest.js';
import { readIfThere } from './read-if-there.js';
import type { LakeTarget } from './target.js';

/** Folder of a lake where files are written before they are renamed into their places. */
const STAGING = '_staging';

/**
 * A lake in a folder. A batch's files are all written beside the lake first, then renamed one by one, which
 * replaces each at once; a manifest named `.next` tells a later run what an interrupted one may have put in place.
 */
export class FolderTarget implements LakeTarget {
  private staging = '';

  constructor(private readonly folder: string) {}

  async previous({ name }: Batch): Promise<Manifest | null> {
    const [current, next] = await Promise.all([
      this.readManifest(manifestPath(name)),
      this.readManifest(nextPath(name)),
    ]);
    if (!next) return current;
    // an interrupted run: what is in place may be of either, so that nothing may be taken for current
    const files = new Map([...(current?.files ?? []), ...next.files].map((file) => [file.file, file]));
    const doubtful = [...files.values()].map((file) => ({ ...file, sha256: null }));
    return { ...next, fingerprint: INTERRUPTED, files: doubtful };
  }

  async holds({ files }: Manifest): Promise<boolean> {
    for (const { file, bytes } of files) {
      const found = await stat(join(this.folder, file)).catch(() => null);
      if (found?.size !== bytes) return false;
    }
    return true;
  }

  async begin({ name }: Batch): Promise<void> {
    const all = join(this.folder, STAGING);
    await mkdir(all, { recursive: true }).catch(refuse);
    for (const entry of await readdir(all)) {
      const owner = new RegExp(`^${name}\\.(\\d+)$`).exec(entry)?.[1];
      if (owner === undefined) continue;
      if (isRunning(Number(owner))) {
        throw new UserError(
          'in-use',
          `process ${owner} is exporting this database into ${this.folder}; wait until it ends, or delete ${join(all, entry)} where it is another program`,
        );
      }
      await rm(join(all, entry), { recursive: true, force: true });
    }
    this.staging = join(all, `${name}.${process.pid}`);
    await mkdir(this.staging).catch(refuse);
    await this.checkVersion();
  }

  /** What is staged is in nobody's way; `publish` announces it. */
  async announce(): Promise<void> {}

  async prepare(file: string): Promise<string> {
    const path = join(this.staging, file);
    await mkdir(dirname(path), { recursive: true }).catch(refuse);
    return path;
  }

  async hash(file: string): Promise<string> {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(this.staging, file)), hash);
    return hash.digest('hex');
  }

  async publish(manifest: Manifest, previous: Manifest | null): Promise<string[]> {
    const before = new Map(previous?.files.map((file) => [file.file, file]));
    await this.writeManifest(nextPath(manifest.batch), manifest);
    for (const entry of manifest.files) {
      if (!(await this.inPlace(entry, before.get(entry.file)))) await this.moveIn(entry.file);
      before.delete(entry.file);
    }
    for (const file of before.keys()) await this.remove(file);
    const path = join(this.folder, manifestPath(manifest.batch));
    await rename(join(this.folder, nextPath(manifest.batch)), path).catch(refuse);
    await this.abandon();
    return [];
  }

  async abandon(): Promise<void> {
    await rm(this.staging, { recursive: true, force: true });
    await rmdir(join(this.folder, STAGING)).catch(() => undefined);
  }

  /** Checks the version of a lake that is there, and gives a new one its own. */
  private async checkVersion(): Promise<void> {
    const path = join(this.folder, LAKE_FILE);
    const text = await readIfThere(path);
    if (text !== null) return checkLakeFile(text, path);
    const half = join(this.staging, LAKE_FILE);
    await writeFile(half, lakeFileText()).catch(refuse);
    await rename(half, path).catch(refuse);
  }

  /** Whether the lake has this very file already. */
  private async inPlace(entry: LakeFile, before: LakeFile | undefined): Promise<boolean> {
    if (before === undefined || before.sha256 !== entry.sha256) return false;
    const found = await stat(join(this.folder, entry.file)).catch(() => null);
    return found?.size === entry.bytes;
  }

  private async moveIn(file: string): Promise<void> {
    const path = join(this.folder, file);
    await mkdir(dirname(path), { recursive: true }).catch(refuse);
    await rename(join(this.staging, file), path).catch(refuse);
  }

  /** Deletes a file and the folders of its partition that it leaves empty. */
  private async remove(file: string): Promise<void> {
    await rm(join(this.folder, file), { force: true });
    for (let folder = dirname(file); folder.includes('/'); folder = dirname(folder)) {
      const empty = await rmdir(join(this.folder, folder)).then(
        () => true,
        () => false,
      );
      if (!empty) return;
    }
  }

  private async readManifest(file: string): Promise<Manifest | null> {
    const path = join(this.folder, file);
    const text = await readIfThere(path);
    return text === null ? null : parseManifest(text, path);
  }

  private async writeManifest(file: string, manifest: Manifest): Promise<void> {
    const path = join(this.folder, file);
    const half = join(this.staging, 'manifest.json');
    await mkdir(dirname(path), { recursive: true }).catch(refuse);
    await writeFile(half, `${JSON.stringify(manifest, null, 1)}\n`).catch(refuse);
    await rename(half, path).catch(refuse);
  }
}

/** Whether a process of this number runs; one with our own number is a container's earlier life. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function refuse(error: unknown): never {
  throw explainMachine(error, 'the lake') ?? error;
}
