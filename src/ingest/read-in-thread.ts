import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Input, Reader, ReadOptions } from '../input/reader.js';
import type { SourceWriter } from '../store/source-writer.js';
import { RAW_TABLES } from '../store/tables/index.js';
import { KINDS } from './kinds.js';
import type { ReadingTask, Sent, Told } from './reading-thread.js';

/** Stored bytes from which on a thread saves more time than it takes to start. */
const LARGE = 16 << 20;

/** Chunks that may be on their way: one is taken apart while the next is read. */
const AHEAD = 2;

/** Whether an input of `size` bytes (null where not known) is read sooner by a thread of its own. */
export function deservesThread(reader: Reader, size: number | null): boolean {
  return size !== null && size >= LARGE && availableParallelism() > 1 && KINDS.includes(reader);
}

/** Does what `reader.read` does, in another thread; here its batches are only appended. */
export async function readInThread(
  reader: Reader,
  input: Input,
  writer: SourceWriter,
  options: ReadOptions,
): Promise<void> {
  const { path, head, chunks } = input;
  const task = { kind: reader.kind, input: { path, head }, source: writer.start, options };
  const thread = new ReadingThread(task, writer);
  try {
    await thread.read(chunks);
  } finally {
    await thread.stop();
  }
}

class ReadingThread {
  private readonly worker: Worker;
  /** Chunks sent and not yet taken apart. */
  private ahead = 0;
  private ended = false;
  private fault: unknown = null;
  private wake = () => {};

  constructor(
    task: ReadingTask,
    private readonly writer: SourceWriter,
  ) {
    this.worker = new Worker(new URL('./reading-thread.js', import.meta.url), { workerData: task });
    this.worker.on('message', (told: Told) => this.guard(() => this.hear(told)));
    this.worker.on('error', (fault) => this.fail(fault));
    this.worker.on('exit', () => this.guard(() => this.exit()));
  }

  async read(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of chunks) {
      this.send(new Uint8Array(chunk));
      await this.until(() => this.ahead < AHEAD);
      if (this.ended) return;
    }
    this.send(null);
    await this.until(() => this.ended);
  }

  async stop(): Promise<void> {
    this.worker.removeAllListeners();
    await this.worker.terminate();
  }

  private send(chunk: Sent): void {
    this.ahead++;
    this.worker.postMessage(chunk, chunk ? [chunk.buffer as ArrayBuffer] : []);
  }

  private hear(told: Told): void {
    if ('batch' in told) {
      const table = RAW_TABLES.find(({ name }) => name === told.batch.table)!;
      this.writer.batch(table).load(told.batch);
      return;
    }
    if ('taken' in told) this.ahead--;
    else {
      this.writer.add(told.found);
      this.ended = true;
    }
    this.wake();
  }

  private exit(): void {
    if (!this.ended) throw new Error('the thread that read it ended early');
  }

  /** A fault while a message is heard, such as a full disk, belongs to who waits. */
  private guard(work: () => void): void {
    try {
      work();
    } catch (fault) {
      this.fail(fault);
    }
  }

  private fail(fault: unknown): void {
    this.fault ??= fault;
    this.wake();
  }

  private async until(condition: () => boolean): Promise<void> {
    while (this.fault === null && !condition() && !this.ended) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    if (this.fault !== null) throw this.fault;
  }
}
