// A thread that opens, hashes, decompresses and reads one input by itself: batches go out.
import { parentPort, workerData } from 'node:worker_threads';
import { openInput } from '../input/open-input.js';
import type { Reader, ReadOptions } from '../raw/reader.js';
import { type SharedFile, StoredBytes } from '../input/stored-bytes.js';
import { type SourceFindings, SourceRows, type SourceStart } from '../store/source-rows.js';
import { UserError } from '../base/user-error.js';
import { BatchRing, type Parcel, type RingMemory } from './batch-ring.js';
import { KINDS } from './kinds.js';
import { type Hashes, hashesOf, intoSink, isBinaryOf } from './opened.js';

/** What the thread is started with. */
export interface ReadingTask {
  kind: string;
  path: string;
  file: SharedFile;
  source: SourceStart;
  options: ReadOptions;
  ring: RingMemory;
}

/** Why it could not read: an error loses its class on the way out of a thread. */
type Refused = Pick<UserError, 'code' | 'message'>;

/** What the thread says: rows, how many bytes it has read, what it found, or why it could not read. */
export type Told =
  { parcel: Parcel } | { bytes: number } | { found: SourceFindings; hashes: Hashes } | { refused: Refused };

const task = workerData as ReadingTask;
const port = parentPort!;
const tell = (told: Told) => port.postMessage(told);
const ring = new BatchRing(task.ring);
const rows = new SourceRows(task.source, (batch) => tell({ parcel: ring.put(batch) }));
const reader = KINDS.find((candidate) => candidate.kind === task.kind)!;
try {
  tell(await readAll(reader));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  tell({ refused: { code: error.code, message: error.message } });
}
port.close();

async function readAll({ read }: Reader): Promise<Told> {
  const { path, file, options } = task;
  const trouble = intoSink(rows);
  const stored = StoredBytes.ofShared(file, path, trouble, (bytes) => tell({ bytes }));
  try {
    const input = await openInput(path, stored, trouble, isBinaryOf(KINDS, path));
    await read({ ...input, lines: null }, rows, options);
    await input.drain();
    rows.flush();
    return { found: rows.findings(), hashes: hashesOf(stored, input) };
  } finally {
    await stored.close();
  }
}
