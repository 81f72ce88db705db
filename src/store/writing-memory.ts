import type { Database } from './database.js';
import { textLiteral } from './sql-text.js';
import { TooLittleMemory } from './storage-fault.js';

/**
 * What DuckDB may hold while it writes rows or builds models: with what dnslens itself takes, the process stays below 450 MB
 * however large the database is. What is more lies in the file already, or in files beside it.
 */
const WRITING_MEMORY = '200MB';

/** A database that is held to that while it is written. */
export class WritingMemory {
  private constructor(private readonly database: Database) {}

  /**
   * Holds DuckDB to little memory and to one thread: a second spares hardly any time by the clock where rows are appended and costs
   * a quarter more of processor time where models are built, and each holds memory of its own.
   */
  static async hold(database: Database): Promise<WritingMemory> {
    await database.run('set threads = 1');
    // a database in memory may hold more than that already
    await database.run(`set memory_limit = ${textLiteral(WRITING_MEMORY)}`).catch((error: unknown) => {
      if (!(error instanceof TooLittleMemory)) throw error;
    });
    return new WritingMemory(database);
  }

  /** Lets DuckDB hold as much as it may otherwise, on one thread still. */
  async widen(): Promise<void> {
    const { memoryLimit } = this.database;
    await this.database.run(
      memoryLimit === undefined ? 'reset memory_limit' : `set memory_limit = ${textLiteral(memoryLimit)}`,
    );
  }

  /** Takes all of it back. DuckDB takes no statement any more once it could not write. */
  async release(): Promise<void> {
    await this.database.run('reset threads').catch(() => undefined);
    await this.widen().catch(() => undefined);
  }
}
