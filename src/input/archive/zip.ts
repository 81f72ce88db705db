import { getFileNameLowLevel, openPromise } from 'yauzl';
import { ArchiveFault, type ArchiveEntry } from './tar.js';

const MAGIC = [0x50, 0x4b, 0x03, 0x04];

/** Whether bytes begin with a zip archive's first file. */
export function isZip(head: Uint8Array): boolean {
  return MAGIC.every((byte, i) => head[i] === byte);
}

/** The files of a zip archive, by its directory at the end. Throws ArchiveFault where that, or a file, cannot be read. */
export async function* zipEntries(file: string): AsyncGenerator<ArchiveEntry> {
  const archive = await readable(openPromise(file, { decodeStrings: false }));
  const entries = archive.eachEntry();
  try {
    for (;;) {
      const { done, value: entry } = await readable(entries.next());
      if (done) return;
      // yauzl's own decoding ends at a name that leads out of the archive, which here is harmless
      const name = getFileNameLowLevel(
        entry.generalPurposeBitFlag,
        entry.fileNameRaw,
        entry.extraFields,
        false,
      );
      if (name.endsWith('/')) continue;
      if (!entry.canDecodeFileData()) {
        throw new ArchiveFault(`is encrypted, or compressed in a way that is not read; unpack it first`);
      }
      yield { name, content: contentOf(archive.openReadStreamPromise(entry)) };
    }
  } finally {
    archive.close();
  }
}

async function* contentOf(opening: Promise<AsyncIterable<Uint8Array>>): AsyncGenerator<Uint8Array> {
  const chunks = (await readable(opening))[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await readable(chunks.next());
    if (done) return;
    yield value;
  }
}

/** What yauzl finds wrong with an archive, as a sentence's end. */
async function readable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new ArchiveFault(`is broken or cut (${(error as Error).message})`);
  }
}
