import { textLiteral } from '../base/sql-text.js';
import type { Statements } from './statements.js';
import { TooLittleMemory } from './storage-fault.js';

/**
 * What DuckDB may hold while it writes rows, or builds models of up to some 7 million messages, in megabytes; what is more lies in
 * the file already, or in files beside it. The process takes 80 to 220 MB beside that (docs/performance.md). Less is too little
 * for an input's rows.
 */
export const LITTLE = 200;

/** What models that are not made in parts take as a rule, in megabytes for each million rows of evidence. */
const A_MILLION_ROWS = 18;

/** Rows from which on it is worth the time to give memory back at once: by itself the allocator keeps half as much again. */
const MANY_ROWS = 1_000_000;

const GIVE_BACK = {
  allocator_flush_threshold: '1MB',
  allocator_bulk_deallocation_flush_threshold: '1MB',
  allocator_background_threads: 'true',
};

/** Settings that this changes, and takes back. */
export const HELD_SETTINGS = ['threads', 'memory_limit', ...Object.keys(GIVE_BACK)];

/** An amount of memory, as DuckDB reads it. */
export type Megabytes = `${number}MB`;

/** A database, and what DuckDB may hold of it in memory; undefined for as much as it thinks right. */
type Bounded = Statements & { readonly memoryLimit: Megabytes | undefined };

/** A database that is held to little memory while it is written. */
export class WritingMemory {
  private constructor(
    private readonly database: Bounded,
    /** What DuckDB may hold otherwise, as it says it. */
    private readonly otherwise: string,
  ) {}

  /**
   * Holds DuckDB to little memory, for a database with so many rows of evidence, and to one thread: a second spares hardly any
   * time by the clock where rows are appended and costs a quarter more of processor time where models are built, and each holds
   * memory of its own.
   */
  static async hold(database: Bounded, rows = MANY_ROWS): Promise<WritingMemory> {
    const givesBack = rows < MANY_ROWS ? [] : Object.entries(GIVE_BACK);
    await database.run(
      ['set threads = 1', ...givesBack.map(([name, value]) => `set ${name} = '${value}'`)].join('; '),
    );
    const megabytes = Math.max(LITTLE, Math.ceil((rows / 1e6) * A_MILLION_ROWS));
    const [setting] = await database.rows<{ otherwise: string }>(
      "select current_setting('memory_limit') as otherwise",
    );
    const held = new WritingMemory(database, setting!.otherwise);
    if (megabytes < held.most) await held.limit(`${megabytes}MB`);
    return held;
  }

  /** Lets DuckDB hold as much as it may otherwise, on one thread still. */
  async widen(): Promise<void> {
    const { memoryLimit } = this.database;
    // to reset the setting changes what DuckDB says, and not what it does
    await this.limit(memoryLimit ?? this.otherwise);
    if (memoryLimit === undefined) await this.database.run('reset memory_limit');
  }

  /** Takes all of it back. DuckDB takes no statement any more once it could not write. */
  async release(): Promise<void> {
    const names = HELD_SETTINGS.filter((name) => name !== 'memory_limit');
    await this.database.run(names.map((name) => `reset ${name}`).join('; ')).catch(() => undefined);
    await this.widen().catch(() => undefined);
  }

  /** Megabytes that the database was opened with; without end where with none. */
  private get most(): number {
    const { memoryLimit } = this.database;
    return memoryLimit === undefined ? Infinity : parseFloat(memoryLimit);
  }

  private async limit(memory: string): Promise<void> {
    // a database in memory may hold more than that already
    await this.database.run(`set memory_limit = ${textLiteral(memory)}`).catch((error: unknown) => {
      if (!(error instanceof TooLittleMemory)) throw error;
    });
  }
}
