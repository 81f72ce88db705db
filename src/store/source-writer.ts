import { TableAppender } from './appender.js';
import type { Batch } from './batch.js';
import type { Columns, Table } from './column.js';
import type { Database } from './database.js';
import { SourceRows, type SourceStart } from './source-rows.js';

/** The sink of one source whose batches go to DuckDB, in the transaction that is open. */
export class SourceWriter extends SourceRows {
  private readonly appenders = new Map<string, TableAppender>();

  constructor(
    private readonly database: Database,
    start: SourceStart,
  ) {
    super(start, (batch) => this.append(batch));
  }

  /** Where another sink of this source may go on. */
  get start(): SourceStart {
    const { sourceId, label, seed, names, addresses, texts } = this;
    const nextIds = { names: names.nextId, addresses: addresses.nextId, texts: texts.nextId };
    return { sourceId, label, seed, nextIds };
  }

  /** Hands all that is buffered to DuckDB; nothing can be written after. */
  close(): void {
    this.flush();
    for (const appender of this.appenders.values()) appender.close();
  }

  private append(batch: Batch<Columns>): void {
    this.appender(batch.table).append(batch);
  }

  private appender(table: Table): TableAppender {
    let appender = this.appenders.get(table.name);
    if (!appender) {
      appender = new TableAppender(this.database.handle, table);
      this.appenders.set(table.name, appender);
    }
    return appender;
  }
}
