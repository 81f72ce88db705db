import { type FileHandle, open } from 'node:fs/promises';
import { explainSystem } from '../store/system-fault.js';
import { type FileName, shownName } from './file-name.js';
import { HashedBytes } from './hashed-bytes.js';
import type { OnTrouble } from './trouble.js';

const CHUNK = 1 << 20;

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
      fileChunks(handle, path, size, trouble),
      () => handle.close(),
      onRead,
      sizes,
      trouble,
      size === null ? cut : null,
    );
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

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Reads to the end that was there when the file was opened, so that a file that grows faster than it is read ends. */
async function* fileChunks(
  handle: FileHandle,
  path: string,
  size: number | null,
  trouble: OnTrouble,
): AsyncGenerator<Uint8Array> {
  const end = size ?? Infinity;
  let at = 0;
  while (at < end) {
    const most = Math.min(CHUNK, end - at);
    const { bytesRead, buffer } = await handle
      .read(Buffer.allocUnsafeSlow(most), 0, most, null)
      .catch((error: unknown) => {
        throw explainSystem(path, 'read', error);
      });
    if (bytesRead === 0) break;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
  if (size === null) return;
  if (at < size) {
    trouble({
      code: 'file-shrunk',
      detail: 'the file became shorter while it was read; what was still there was read',
      position: `byte ${at}`,
      incomplete: `the file became shorter while it was read, it ended at byte ${at}`,
    });
  } else if ((await handle.stat()).size > size) {
    trouble({
      code: 'file-grew',
      detail: 'the file was still being written; what was there when reading began was read',
      position: `byte ${size}`,
      incomplete: `the file was still being written, read up to byte ${size}`,
    });
  }
}
