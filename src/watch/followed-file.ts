import { watch } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { type FileName, shownName } from '../input/file-name.js';
import { explainSystem } from '../base/system-fault.js';

const CHUNK = 1 << 18;
/** Looked at so often where the system tells of no change; milliseconds. */
const LOOK_MS = 1000;

/** A file's bytes, and what is written behind them; after a rotation `begins` is true with the first bytes of the new file. */
export interface FileChunk {
  bytes: Uint8Array;
  begins: boolean;
}

/** Follows a file by its name, as `tail -F` does: over its renaming, its being cut off, its being away for a while; once `signal` is aborted, to where it ends then. */
export async function* followFile(path: FileName, signal: AbortSignal): AsyncGenerator<FileChunk> {
  let file = await opened(path);
  let at = 0;
  let begins = true;
  const changed = new Changes(path, signal);
  try {
    let end = Infinity;
    while (at < end) {
      if (signal.aborted && end === Infinity) end = (await file.stat()).size;
      const buffer = new Uint8Array(CHUNK);
      const { bytesRead } = await file.read(buffer, 0, Math.min(CHUNK, end - at), at);
      if (bytesRead > 0) {
        at += bytesRead;
        yield { bytes: buffer.subarray(0, bytesRead), begins };
        begins = false;
        continue;
      }
      if (signal.aborted) break;
      const next = await successor(path, file, at);
      if (next === null) await changed.next();
      else {
        if (next !== file) await file.close();
        file = next;
        at = 0;
        begins = true;
      }
    }
  } finally {
    changed.close();
    await file.close();
  }
}

/** The file to read from its start now: another of this name, or the same that was cut off; null where there is none. */
async function successor(path: FileName, file: FileHandle, at: number): Promise<FileHandle | null> {
  const mine = await file.stat();
  if (mine.size < at) return file;
  const named = await stat(path).catch(() => null);
  if (named === null || (named.ino === mine.ino && named.dev === mine.dev)) return null;
  // what was written before the other came is not lost
  if (mine.size > at) return null;
  return open(path).catch(() => null);
}

async function opened(path: FileName): Promise<FileHandle> {
  return open(path).catch((error: unknown) => {
    throw explainSystem(shownName(path), 'read', error);
  });
}

/** Waits for the next change of a file. */
class Changes {
  private wake = () => {};
  private happened = false;
  private readonly stop: () => void;

  constructor(path: FileName, signal: AbortSignal) {
    const tell = () => {
      this.happened = true;
      this.wake();
    };
    const timer = setInterval(tell, LOOK_MS);
    const watcher = watched(path, tell);
    signal.addEventListener('abort', tell);
    this.stop = () => {
      clearInterval(timer);
      watcher?.close();
      signal.removeEventListener('abort', tell);
    };
  }

  async next(): Promise<void> {
    if (!this.happened) await new Promise<void>((resolve) => (this.wake = resolve));
    this.happened = false;
  }

  close(): void {
    this.stop();
  }
}

function watched(path: FileName, tell: () => void) {
  try {
    return watch(path, tell).on('error', () => undefined);
  } catch {
    return null;
  }
}
