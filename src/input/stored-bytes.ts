import { fstatSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { explainSystem } from '../base/system-fault.js';
import { type FileName, shownName } from './file-name.js';
import { HashedBytes } from './hashed-bytes.js';
import type { OnTrouble } from './trouble.js';

const CHUNK = 1 << 20;

/** How a file that is open is read. */
interface OpenFile {
  /** Reads what follows the bytes up to `at` that were read before; how much that was. */
  read(into: Uint8Array, at: number): number | Promise<number>;
  sizeNow(): number | Promise<number>;
}

/** A file that others read too: it is named by what the system calls it in this process. */
export interface SharedFile {
  readonly fd: number;
  /** Size in bytes when it was opened. */
  readonly size: number;
}

/** The bytes of an input as they are stored: read once, hashed and counted on the way. */
export class StoredBytes {
  readonly hashed: HashedBytes;
  private wasCut = false;
  /** Streams over these bytes. */
  private readonly held: AsyncGenerator<Uint8Array>[] = [];

  private constructor(
    /** Size in bytes when it was opened; null where nobody knows: standard input, a FIFO, procfs. */
    readonly size: number | null,
    private readonly chunks: AsyncIterator<Uint8Array>,
    private readonly release: () => Promise<void>,
    private readonly onRead: (bytes: number) => void,
    sizes: readonly number[],
    private readonly trouble: OnTrouble,
    private readonly cut: AbortSignal | null,
    private readonly fd: number | null = null,
  ) {
    this.hashed = new HashedBytes(sizes);
  }

  /**
   * Opens a path, or standard input for `-`. `onRead` is told how many bytes have been read; `sizes` are those of
   * beginnings to hash by themselves; `cut` ends what has no size where it is. Throws UserError where it cannot be opened.
   */
  static async open(
    file: FileName,
    trouble: OnTrouble,
    onRead: (bytes: number) => void = () => undefined,
    sizes: readonly number[] = [],
    cut: AbortSignal | null = null,
  ): Promise<StoredBytes> {
    if (file === '-') {
      const chunks = process.stdin.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>;
      return new StoredBytes(null, chunks, async () => undefined, onRead, sizes, trouble, cut);
    }
    const path = shownName(file);
    const handle = await open(file).catch((error: unknown) => {
      throw explainSystem(path, 'read', error);
    });
    const stats = await handle.stat();
    const size = stats.isFile() && stats.size > 0 ? stats.size : null;
    return new StoredBytes(
      size,
      fileChunks(withHandle(handle), path, size, trouble),
      () => handle.close(),
      onRead,
      sizes,
      trouble,
      size === null ? cut : null,
      handle.fd,
    );
  }

  /** A file that somebody else opened and closes, from its beginning on: for a thread that has nothing else to do meanwhile. */
  static ofShared(
    { fd, size }: SharedFile,
    path: string,
    trouble: OnTrouble,
    onRead: (bytes: number) => void,
  ): StoredBytes {
    const chunks = fileChunks(withDescriptor(fd), path, size, trouble);
    return new StoredBytes(size, chunks, async () => undefined, onRead, [], trouble, null);
  }

  /** Itself for another thread, as long as it is open here; null where it can be read once only. */
  get shared(): SharedFile | null {
    const { fd, size } = this;
    return fd === null || size === null ? null : { fd, size };
  }

  /** Bytes that are a part of an input. */
  static of(
    bytes: Uint8Array,
    onRead: (bytes: number) => void = () => undefined,
    sizes: readonly number[] = [],
  ): StoredBytes {
    const nothing = () => undefined;
    return new StoredBytes(bytes.length, once(bytes), async () => undefined, onRead, sizes, nothing, null);
  }

  /** Bytes read so far. */
  get bytes(): number {
    return this.hashed.bytes;
  }

  /** The next chunk, or null at the end. */
  async next(): Promise<Uint8Array | null> {
    const { done, value } = await this.pull();
    if (done) return null;
    this.hashed.update(value);
    this.onRead(this.bytes);
    return value;
  }

  /** What comes next, or the end where reading is cut while that is waited for. */
  private pull(): Promise<IteratorResult<Uint8Array>> {
    const { cut } = this;
    if (cut === null) return this.chunks.next();
    return new Promise((resolve, reject) => {
      const end = () => {
        this.tellOfCut();
        resolve({ done: true, value: undefined });
      };
      if (cut.aborted) return end();
      cut.addEventListener('abort', end, { once: true });
      const forget = () => cut.removeEventListener('abort', end);
      void this.chunks.next().then(resolve, reject).finally(forget);
    });
  }

  private tellOfCut(): void {
    if (this.wasCut) return;
    this.wasCut = true;
    this.trouble({
      code: 'reading-interrupted',
      detail: 'reading was interrupted; what had come by then was read',
      position: `byte ${this.bytes}`,
      incomplete: `reading was interrupted at byte ${this.bytes}`,
    });
  }

  /** Reads what is left, so that the hash covers all of it. */
  async drain(): Promise<void> {
    while ((await this.next()) !== null);
  }

  /** Ends a stream that is made of these bytes when they are closed. */
  hold(stream: AsyncGenerator<Uint8Array>): void {
    this.held.push(stream);
  }

  async close(): Promise<void> {
    // a file is closed when the reading of it ends, which nobody waits for after a cut
    if (this.wasCut) void this.endAll().catch(() => undefined);
    else await this.endAll();
  }

  private async endAll(): Promise<void> {
    for (const stream of this.held.toReversed()) await stream.return(undefined);
    await this.release();
  }
}

function withHandle(handle: FileHandle): OpenFile {
  return {
    read: async (into) => (await handle.read(into, 0, into.length, null)).bytesRead,
    sizeNow: async () => (await handle.stat()).size,
  };
}

/** Waits for each read, which costs less than to be called when it is done. */
function withDescriptor(fd: number): OpenFile {
  return {
    read: (into, at) => readSync(fd, into, 0, into.length, at),
    sizeNow: () => fstatSync(fd).size,
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Reads to the end that was there when the file was opened, so that a file that grows faster than it is read ends. */
async function* fileChunks(
  file: OpenFile,
  path: string,
  size: number | null,
  trouble: OnTrouble,
): AsyncGenerator<Uint8Array> {
  const end = size ?? Infinity;
  let at = 0;
  while (at < end) {
    const most = Math.min(CHUNK, end - at);
    const buffer = Buffer.allocUnsafeSlow(most);
    let read: number;
    try {
      read = await file.read(buffer, at);
    } catch (error) {
      throw explainSystem(path, 'read', error);
    }
    if (read === 0) break;
    at += read;
    yield buffer.subarray(0, read);
  }
  if (size === null) return;
  if (at < size) {
    trouble({
      code: 'file-shrunk',
      detail: 'the file became shorter while it was read; what was still there was read',
      position: `byte ${at}`,
      incomplete: `the file became shorter while it was read, it ended at byte ${at}`,
    });
  } else if ((await file.sizeNow()) > size) {
    trouble({
      code: 'file-grew',
      detail: 'the file was still being written; what was there when reading began was read',
      position: `byte ${size}`,
      incomplete: `the file was still being written, read up to byte ${size}`,
    });
  }
}
