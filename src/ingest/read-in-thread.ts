import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Reader, ReadOptions } from '../raw/reader.js';
import type { SharedFile } from '../input/stored-bytes.js';
import type { SourceWriter } from '../store/source-writer.js';
import { RAW_TABLES } from '../raw/tables/index.js';
import { UserError } from '../base/user-error.js';
import { BatchRing, ringMemory } from './batch-ring.js';
import { KINDS } from './kinds.js';
import type { Hashes } from './opened.js';
import type { ReadingTask, Told } from './reading-thread.js';

/** Stored bytes from which on a thread saves more time than it takes to start. */
const LARGE = 16 << 20;

/** Whether a file (null for what is none) is read sooner by a thread of its own. */
export function deservesThread(reader: Reader, file: SharedFile | null): file is SharedFile {
  return file !== null && file.size >= LARGE && availableParallelism() > 1 && KINDS.includes(reader);
}

/**
 * Opens a file anew in another thread and does there what `reader.read` does; here its batches are only appended. `onRead` is
 * told how many bytes were read so far; what it throws ends the reading.
 */
export async function readInThread(
  reader: Reader,
  path: string,
  file: SharedFile,
  writer: SourceWriter,
  options: ReadOptions,
  onRead: (bytes: number) => void,
): Promise<Hashes> {
  const ring = ringMemory();
  const thread = new ReadingThread(
    { kind: reader.kind, path, file, source: writer.start, options, ring },
    writer,
    onRead,
  );
  try {
    return await thread.hashes;
  } finally {
    await thread.stop();
  }
}

class ReadingThread {
  /** Settled when the thread has read all, or failed. */
  readonly hashes: Promise<Hashes>;
  private readonly worker: Worker;
  private readonly ring: BatchRing;

  constructor(
    task: ReadingTask,
    private readonly writer: SourceWriter,
    private readonly onRead: (bytes: number) => void,
  ) {
    this.ring = new BatchRing(task.ring);
    this.worker = new Worker(new URL('./reading-thread.js', import.meta.url), { workerData: task });
    this.hashes = new Promise((resolve, reject) => {
      this.worker.on('message', (told: Told) => {
        // a fault while a message is heard, such as a full disk, belongs to who waits
        try {
          const hashes = this.hear(told);
          if (hashes) resolve(hashes);
        } catch (fault) {
          reject(fault);
        }
      });
      this.worker.on('error', reject);
      this.worker.on('exit', () => reject(new Error('the thread that read it ended early')));
    });
  }

  async stop(): Promise<void> {
    this.worker.removeAllListeners();
    await this.worker.terminate();
  }

  private hear(told: Told): Hashes | null {
    if ('parcel' in told) {
      const batch = this.writer.batch(RAW_TABLES[told.parcel.table]!);
      this.ring.take(told.parcel, batch);
      batch.handOn();
      return null;
    }
    if ('bytes' in told) {
      this.onRead(told.bytes);
      return null;
    }
    if ('refused' in told) throw new UserError(told.refused.code, told.refused.message);
    this.writer.add(told.found);
    return told.hashes;
  }
}
