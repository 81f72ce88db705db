import { TableAppender } from './appender.js';
import type { Batch } from '../raw/batch.js';
import type { Columns } from '../raw/column.js';
import type { Database } from './database.js';
import type { NextIds } from './source-rows.js';
import { identifier } from '../base/sql-text.js';
import { SOURCED_TABLES } from '../raw/tables/index.js';
import { WritingMemory } from './writing-memory.js';

/** The tables whose rows have an id of their own, and its column. */
const ID_COLUMNS: Readonly<Record<keyof NextIds, string>> = {
  names: 'name_id',
  addresses: 'address_id',
  texts: 'text_id',
  packets: 'packet_id',
  paths: 'path_id',
  shapes: 'shape_id',
};

/** The transaction that sources are written in, from its beginning to its end: one appender for each table. */
export class WriteTransaction {
  private readonly appenders = new Map<string, TableAppender>();
  private changed = false;
  /** When it began, as `performance.now()` has it. */
  readonly since = performance.now();

  private constructor(
    private readonly database: Database,
    private readonly memory: WritingMemory,
    /** The ids that the next new row of each table gets. */
    public nextIds: NextIds,
  ) {}

  static async begin(database: Database): Promise<WriteTransaction> {
    const ids = Object.entries(ID_COLUMNS).map(([table, column]) => `${next(table, column)} as ${table}`);
    const [nextIds] = await database.rows<NextIds>(`select ${ids.join(', ')}`);
    // other threads would write row groups half full, too
    const memory = await WritingMemory.hold(database);
    await database.run('begin');
    return new WriteTransaction(database, memory, nextIds!);
  }

  append(batch: Batch<Columns>): void {
    this.changed = true;
    const { table } = batch;
    let appender = this.appenders.get(table.name);
    if (!appender) {
      appender = new TableAppender(this.database.handle, table);
      this.appenders.set(table.name, appender);
    }
    appender.append(batch);
  }

  /** Takes out every row that a source gave, in this transaction too. */
  async removeSource(sourceId: number): Promise<void> {
    this.changed = true;
    for (const appender of this.appenders.values()) appender.flush();
    for (const { name } of SOURCED_TABLES) {
      await this.database.run(`delete from raw.${identifier(name)} where source_id = ${sourceId}`);
    }
  }

  /** Keeps what was written; the models are to be built again then. Where it throws, `rollback` is to follow. */
  async commit(): Promise<void> {
    if (!this.changed) return this.rollback();
    for (const appender of this.appenders.values()) appender.close();
    this.appenders.clear();
    await this.database.run('update raw.meta set models_fingerprint = null');
    await this.database.run('commit');
    await this.memory.release();
  }

  async rollback(): Promise<void> {
    this.release();
    await this.database.run('rollback').catch(() => undefined);
    await this.memory.release();
  }

  /** Lets the appenders go; what ends in a rollback need not keep what they still hold. */
  release(): void {
    for (const appender of this.appenders.values()) {
      try {
        appender.close();
      } catch {
        // the cause of the rollback is what the user should see
      }
    }
    this.appenders.clear();
  }
}

function next(table: string, column: string): string {
  return `(select coalesce(max(${column}), 0) + 1 from raw.${table})::INTEGER`;
}
