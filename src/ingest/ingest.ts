import { expand, type Location } from '../input/expand.js';
import { EmptyInput } from '../input/open-input.js';
import type { Reader } from '../input/reader.js';
import type { Ledger } from '../store/ledger.js';
import { StorageFault } from '../store/storage-fault.js';
import { explainMachine } from '../store/system-fault.js';
import { UserError } from '../store/user-error.js';
import { KINDS } from './kinds.js';
import { gaveNothing, type IngestResult, type Outcome, type Progress } from './outcome.js';
import { type InputOptions, readInput } from './read-input.js';

export interface IngestOptions extends Partial<InputOptions> {
  onProgress?: (progress: Progress) => void;
  /** Told of each input as soon as it is done. */
  onOutcome?: (outcome: Outcome) => void;
  /** Ends the run with what is read; of the input being read nothing stays. */
  signal?: AbortSignal;
  /** Ends the run too, and a pipe that is being read: what came over it stays. */
  cut?: AbortSignal;
  kinds?: readonly Reader[];
}

/**
 * Reads inputs (files, folders, globs, `-`) into a database, each in its own transaction. An input that
 * cannot be read becomes an outcome with a sentence and stops no other.
 */
export async function ingest(
  ledger: Ledger,
  args: readonly string[],
  options: IngestOptions = {},
): Promise<IngestResult> {
  const { kinds = KINDS, ports = [53], force = false, label = null } = options;
  const outcomes: Outcome[] = [];
  const done = (outcome: Outcome) => {
    outcomes.push(outcome);
    options.onOutcome?.(outcome);
  };
  const { path: database } = ledger.database;
  const { locations, deadEnds } = await expand(args, [database, `${database}.wal`]);
  for (const { path, sentence } of deadEnds) done({ status: 'failed', path, sentence });
  for (const [i, location] of locations.entries()) {
    if (options.signal?.aborted || options.cut?.aborted) break;
    const { path } = location;
    const onRead = (bytes: number, totalBytes: number | null, rows: number) => {
      options.signal?.throwIfAborted();
      options.onProgress?.({ path, input: i + 1, inputs: locations.length, bytes, totalBytes, rows });
    };
    const how = { ports, force, label, ...(options.cut ? { cut: options.cut } : {}) };
    const read = await readInput(ledger, kinds, location, how, onRead).catch((error: unknown) =>
      options.signal?.aborted ? null : [failure(location, error)],
    );
    if (read === null) break;
    for (const outcome of read) done(outcome);
  }
  return { outcomes, gaveNothing: outcomes.some(gaveNothing) };
}

/** An input that could not be opened or, through a fault of the machine or of dnslens, not be read. */
function failure({ path, named }: Location, error: unknown): Outcome {
  if (error instanceof StorageFault) throw error;
  if (error instanceof UserError) {
    const status = error instanceof EmptyInput && !named ? 'passed-over' : 'failed';
    return { status, path, sentence: error.message };
  }
  const machine = explainMachine(error);
  if (machine !== null)
    return { status: 'failed', path, sentence: `${path} was not read: ${machine.message}` };
  const message = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
  return { status: 'failed', path, sentence: `${path} was not read: ${message}`, cause: error };
}
