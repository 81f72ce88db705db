import { Unpacking } from '../input/archive/unpack.js';
import { expand, type Location } from '../input/expand.js';
import type { Reader } from '../raw/reader.js';
import { filesOf } from '../store/database-file.js';
import { GroupFailed, type Ledger } from '../store/ledger.js';
import { StorageFault } from '../store/storage-fault.js';
import { explainMachine } from '../base/system-fault.js';
import { UserError } from '../base/user-error.js';
import { Collections } from './collections.js';
import { KINDS } from './kinds.js';
import { LogFormats } from './log-formats.js';
import { gaveNothing, type IngestResult, type Outcome, type Progress } from './outcome.js';
import { type InputOptions, readInput, sizeOnDisk } from './read-input.js';

export interface IngestOptions extends Partial<
  Omit<InputOptions, 'waits' | 'unpacking' | 'aheadSeconds' | 'interfaces'>
> {
  onProgress?: (progress: Progress) => void;
  /** Told of each input as soon as what it gave is kept. */
  onOutcome?: (outcome: Outcome) => void;
  /** Ends the run with what is read; of the input being read nothing stays. */
  signal?: AbortSignal;
  /** Ends the run too, and a pipe that is being read: what came over it stays. */
  cut?: AbortSignal;
  kinds?: readonly Reader[];
}

/** Files of at most so many bytes are committed together: one transaction for each would cost more than their reading. */
const SMALL = 64 << 10;

/**
 * Reads inputs (files, folders, globs, `-`, and the files of archives) into a database, each in its own transaction, small
 * ones several in one. An input that cannot be read becomes an outcome with a sentence and stops no other.
 */
export async function ingest(
  ledger: Ledger,
  args: readonly string[],
  options: IngestOptions = {},
): Promise<IngestResult> {
  const outcomes: Outcome[] = [];
  const done = (outcome: Outcome) => {
    outcomes.push(outcome);
    options.onOutcome?.(outcome);
  };
  const { path: database } = ledger.database;
  const { locations, deadEnds } = await expand(args, filesOf(database));
  for (const deadEnd of deadEnds) done({ status: 'failed', ...deadEnd });
  await new Ingestion(ledger, locations, options, done).run();
  return { outcomes, gaveNothing: outcomes.some(gaveNothing) };
}

/** An input that is read, and not kept yet, or not told of. */
interface Pending {
  /** Its place in the order of inputs. */
  index: number;
  outcomes: Outcome[];
}

class Ingestion {
  private pending: Pending[] = [];
  private readonly unpacking = new Unpacking();
  private readonly collections = new Collections();
  private readonly formats: LogFormats;
  /** Archives whose files are among the locations. */
  private readonly unpacked = new Set<Location>();

  constructor(
    private readonly ledger: Ledger,
    private readonly locations: Location[],
    private readonly options: IngestOptions,
    private readonly done: (outcome: Outcome) => void,
  ) {
    this.formats = new LogFormats(options.logFormats ?? []);
  }

  async run(): Promise<void> {
    try {
      await this.readAll();
    } finally {
      this.unpacking.remove();
    }
  }

  private async readAll(): Promise<void> {
    await this.formats.recall(this.ledger.database);
    await this.learn(this.locations);
    for (const [index, location] of this.locations.entries()) {
      if (this.isToEnd) break;
      const waits = await isSmall(location);
      if (!waits) await this.keep();
      if (!(await this.take(index, waits))) break;
      if (!waits || this.ledger.due) await this.keep();
    }
    await this.keep();
  }

  /** Takes from inputs what says how others are to be read. */
  private async learn(locations: readonly Location[]): Promise<void> {
    await this.collections.learn(locations);
    await this.formats.learn(locations);
  }

  private get isToEnd(): boolean {
    return this.options.signal?.aborted === true || this.options.cut?.aborted === true;
  }

  /** Reads one input; false where the run was ended meanwhile. */
  private async take(index: number, waits: boolean): Promise<boolean> {
    const { signal } = this.options;
    const location = this.locations[index]!;
    let outcomes: Outcome[];
    try {
      outcomes = await this.read(index, waits);
    } catch (error) {
      if (error instanceof GroupFailed) return this.eachByItself(index);
      if (signal?.aborted) return false;
      outcomes = [failure(location, error)];
    }
    this.pending.push({ index, outcomes });
    return true;
  }

  /** Reads one input; the files of one that is an archive come after it. */
  private async read(index: number, waits: boolean): Promise<Outcome[]> {
    const { ports = [53], force = false, label = null, cut, signal, kinds = KINDS } = this.options;
    const location = this.locations[index]!;
    const onRead = (bytes: number, totalBytes: number | null, rows: number) => {
      signal?.throwIfAborted();
      const inputs = this.locations.length;
      this.options.onProgress?.({ path: location.path, input: index + 1, inputs, bytes, totalBytes, rows });
    };
    const { unpacking } = this;
    const told = this.collections.of(location.path);
    const of = { ...told, label: label ?? told?.label ?? null };
    const logFormats = this.formats.all;
    const how = { ports, logFormats, force, ...of, waits, unpacking, ...(cut ? { cut } : {}) };
    const { outcomes, unpacked } = await readInput(this.ledger, kinds, location, how, onRead);
    if (unpacked.length > 0 && !this.unpacked.has(location)) {
      this.unpacked.add(location);
      await this.learn(unpacked);
      this.locations.splice(index + 1, 0, ...unpacked);
    }
    return outcomes;
  }

  /** Commits what waits, and tells of it. */
  private async keep(): Promise<void> {
    try {
      await this.ledger.commit();
    } catch (error) {
      if (!(error instanceof GroupFailed)) throw error;
      await this.eachByItself();
    }
    for (const { outcomes } of this.pending.splice(0)) for (const outcome of outcomes) this.done(outcome);
  }

  /** Reads again what was lost together, and one that was being read then, so that only the input at fault is. */
  private async eachByItself(last?: number): Promise<boolean> {
    const indices = this.pending.splice(0).map(({ index }) => index);
    if (last !== undefined) indices.push(last);
    for (const index of indices) if (this.isToEnd || !(await this.take(index, false))) return false;
    return true;
  }
}

/** Whether an input is surely read in no time. */
async function isSmall(location: Location): Promise<boolean> {
  const size = await sizeOnDisk(location);
  return size !== null && size <= SMALL;
}

/** An input that could not be opened or, through a fault of the machine or of dnslens, not be read. */
function failure({ path, named }: Location, error: unknown): Outcome {
  if (error instanceof StorageFault) throw error;
  if (error instanceof UserError) {
    const { code, message: sentence } = error;
    if (code === 'empty-input' && !named) return { status: 'passed-over', path, sentence };
    return { status: 'failed', path, code, sentence };
  }
  const machine = explainMachine(error);
  if (machine !== null) {
    const { code, message } = machine;
    return { status: 'failed', path, code, sentence: `${path} was not read: ${message}` };
  }
  const message = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
  return { status: 'failed', path, code: 'bug', sentence: `${path} was not read: ${message}`, cause: error };
}
