// A thread that reads one input: chunks come in, batches go out.
import { parentPort, workerData } from 'node:worker_threads';
import type { Input, ReadOptions } from '../input/reader.js';
import type { BatchContent } from '../store/batch.js';
import { type SourceFindings, SourceRows, type SourceStart } from '../store/source-rows.js';
import { KINDS } from './kinds.js';

/** What the thread is started with. */
export interface ReadingTask {
  kind: string;
  input: Pick<Input, 'path' | 'head'>;
  source: SourceStart;
  options: ReadOptions;
}

/** What the thread is sent: the next chunk, or that there is none. */
export type Sent = Uint8Array | null;

/** What the thread says: rows, that it is done with a chunk, what it found. */
export type Told = { batch: BatchContent } | { taken: true } | { found: SourceFindings };

const { kind, input, source, options } = workerData as ReadingTask;
const port = parentPort!;
const tell = (told: Told) => port.postMessage(told);

/** Chunks as they come; whoever sends them waits until some were taken. */
async function* chunks(): AsyncGenerator<Uint8Array> {
  const waiting: Sent[] = [];
  let wake = () => {};
  port.on('message', (sent: Sent) => {
    waiting.push(sent);
    wake();
  });
  for (;;) {
    if (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    const chunk = waiting.shift()!;
    if (chunk === null) return;
    yield chunk;
    tell({ taken: true });
  }
}

const rows = new SourceRows(source, (batch) => tell({ batch: batch.content() }));
const reader = KINDS.find((candidate) => candidate.kind === kind)!;
await reader.read({ ...input, lines: null, chunks: chunks() }, rows, options);
rows.flush();
tell({ found: rows.findings() });
port.close();
