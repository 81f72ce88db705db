import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { TemporaryFolder } from '../../base/temporary-folder.js';
import { ByteReader, nextOf } from '../byte-reader.js';
import { inReadingOrder, isPassedOver, type Location } from '../expand.js';
import { naturalOrder } from '../../base/natural-order.js';
import type { Trouble } from '../trouble.js';
import { type ArchiveEntry, ArchiveFault, isTar, tarEntries } from './tar.js';
import { isZip, zipEntries } from './zip.js';

/** An archive of a node's archives is met in practice; more layers are made to harm. */
const MOST_ARCHIVES = 2;

/** Files and bytes that all archives of a run may unpack to; a must-gather of a large cluster has some ten thousand. */
const MOST_FILES = 100_000;
const MOST_BYTES = 2 ** 37;

/** Characters of a path in an archive; the systems that they are made on take 4,096 bytes. */
const LONGEST_PATH = 4096;

/** The files that an archive held, and why there are not more of them. */
export interface Unpacked {
  locations: Location[];
  /** Whole sentences. */
  faults: string[];
}

/** Whether bytes begin with an archive that is read. */
export function isArchive(head: Uint8Array): boolean {
  return isTar(head) || isZip(head);
}

/** Whether what lies in this many archives may be one itself. */
export function mayUnpack({ archives = 0 }: Location): boolean {
  return archives < MOST_ARCHIVES;
}

/**
 * Puts the files of archives into a temporary folder, under numbers of its own, so that no name in an archive means
 * anything to this machine; `remove` deletes all of them.
 */
export class Unpacking {
  private folder: TemporaryFolder | null = null;
  private files = 0;
  private bytes = 0;

  /** Takes an archive's bytes apart; its files' paths begin with its own. */
  async unpack(archive: Location, head: Uint8Array, chunks: AsyncIterable<Uint8Array>): Promise<Unpacked> {
    const locations: Location[] = [];
    const faults: string[] = [];
    const archives = (archive.archives ?? 0) + 1;
    try {
      for await (const { name, content } of await this.entriesOf(head, chunks)) {
        const path = pathInside(name);
        if (path === null) continue;
        const file = this.newFile();
        const location: Location = { path: `${archive.path}/${path}`, file, named: false, archives };
        locations.push(location);
        await this.write(file, content).catch((fault: unknown) => {
          if (fault instanceof ArchiveFault) location.trouble = troubleOf(archive.path, fault);
          throw fault;
        });
      }
    } catch (fault) {
      if (!(fault instanceof ArchiveFault)) throw fault;
      faults.push(`${archive.path} ${fault.why}; the files before that are read`);
    }
    locations.sort((a, b) => naturalOrder(a.path, b.path));
    return { locations: inReadingOrder(locations), faults };
  }

  remove(): void {
    this.folder?.remove();
    this.folder = null;
  }

  private async entriesOf(
    head: Uint8Array,
    chunks: AsyncIterable<Uint8Array>,
  ): Promise<AsyncIterable<ArchiveEntry>> {
    if (isTar(head)) return tarEntries(new ByteReader(nextOf(chunks)));
    // a zip archive is read from its end
    const file = this.newFile();
    await this.write(file, chunks);
    return zipEntries(file);
  }

  private newFile(): string {
    this.folder ??= new TemporaryFolder({ endsOnSignal: false });
    if (++this.files > MOST_FILES) throw new ArchiveFault(`holds more than ${MOST_FILES} files`);
    return join(this.folder.path, `${this.files}`);
  }

  private async write(file: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const handle = await open(file, 'wx', 0o600);
    try {
      for await (const chunk of content) {
        this.bytes += chunk.length;
        if (this.bytes > MOST_BYTES) throw new ArchiveFault(`unpacks to more than ${MOST_BYTES} bytes`);
        await handle.writeFile(chunk);
      }
    } finally {
      await handle.close();
    }
  }
}

/** An entry's path without what leads out of the archive; null where it is no evidence by its name. */
function pathInside(name: string): string | null {
  if (name.length > LONGEST_PATH) return null;
  const parts = name.split(/[/\\]/).filter((part) => part !== '' && part !== '.' && part !== '..');
  const last = parts.at(-1);
  if (last === undefined || isPassedOver(last) || parts.some((part) => part.startsWith('.'))) return null;
  return parts[0] === '__MACOSX' ? null : parts.join('/');
}

function troubleOf(path: string, { why }: ArchiveFault): Trouble {
  return {
    code: 'cut-archive',
    detail: 'the archive that it lay in could not be read to its end; what came before was read',
    position: 'the end',
    incomplete: `the archive ${path} ${why}`,
  };
}
