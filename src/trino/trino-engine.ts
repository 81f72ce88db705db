import type { DuckDBConnection } from '@duckdb/node-api';
import { trinoLiteral } from '../packs/dialect/literal.js';
import { toTrino } from '../packs/dialect/to-trino.js';
import type { Engine } from '../packs/engine.js';
import { narrowedSql } from '../packs/narrowed.js';
import { PARAM_TYPES, type Query } from '../packs/query.js';
import { missingResult, type Result } from '../packs/result.js';
import { parameterValue, type RunOptions } from '../packs/run.js';
import type { Value } from '../packs/value.js';
import type { Database } from '../store/database.js';
import { identifier, textLiteral } from '../base/sql-text.js';
import { UserError } from '../base/user-error.js';
import type { TrinoConnection } from './connection.js';
import { Statement, type StatementProgress } from './statement.js';
import { columnType, valueReader } from './value.js';

/** A filter's type; a parameter's is declared by its query. */
const FILTER_TYPES = { since: 'time', until: 'time', client: 'text' } as const;

/** Runs queries on a Trino, over the tables that `dnslens lake ddl --engine trino` makes. */
export class TrinoEngine implements Engine {
  private readonly running = new Set<Statement>();
  /** Whether tables have rows, as far as it was asked. */
  private readonly filled = new Map<string, boolean>();
  private cancelled = false;

  /** `scratch` is a DuckDB that reads what users type. */
  constructor(
    private readonly trino: TrinoConnection,
    private readonly scratch: Database,
    private readonly onProgress: (progress: StatementProgress) => void = () => undefined,
  ) {}

  get connection(): DuckDBConnection {
    return this.scratch.connection;
  }

  async rows<T>(sql: string): Promise<T[]> {
    const statement = await this.begin(sql);
    const columns = await statement.columns();
    const read = columns.map(valueReader);
    const rows: Record<string, Value>[] = [];
    for await (const page of this.watched(statement)) {
      for (const row of page) {
        rows.push(Object.fromEntries(columns.map(({ name }, i) => [name, read[i]!(row[i])])));
      }
    }
    return rows as T[];
  }

  async run(query: Query, options: RunOptions): Promise<Result> {
    const missing = await this.emptyTables(query.requires);
    if (missing.length > 0) return missingResult(query, missing);
    const sql = await this.translated(query, options);
    const statement = await this.begin(sql).catch((error: unknown) => {
      throw inFile(query, error);
    });
    const columns = await statement.columns().catch((error: unknown) => {
      this.running.delete(statement);
      throw inFile(query, error);
    });
    const read = columns.map(valueReader);
    const pages = this.watched(statement);
    async function* rows(): AsyncGenerator<Value[][]> {
      for await (const page of pages) yield page.map((row) => row.map((value, i) => read[i]!(value)));
    }
    return {
      query,
      columns: columns.map((column) => ({
        name: column.name,
        type: columnType(column),
        about: query.columns[column.name] ?? null,
      })),
      rows: rows(),
      missing: [],
    };
  }

  /** Ends what is under way, on the server too; whoever waits for rows gets a UserError, so that part is not taken for all. */
  async cancel(): Promise<void> {
    this.cancelled = true;
    await Promise.all([...this.running].map((statement) => statement.cancel()));
  }

  private async begin(sql: string): Promise<Statement> {
    this.checkCancelled();
    const statement = await Statement.begin(this.trino, sql, this.onProgress);
    this.running.add(statement);
    return statement;
  }

  private async *watched(statement: Statement): AsyncGenerator<unknown[][]> {
    try {
      yield* statement.rows();
      this.checkCancelled();
    } finally {
      this.running.delete(statement);
    }
  }

  private checkCancelled(): void {
    if (this.cancelled) throw new UserError('interrupted', 'interrupted');
  }

  /** A query's text for Trino, with its parameters as literals. */
  private async translated(query: Query, options: RunOptions): Promise<string> {
    const values = new Map<string, string | null>();
    const names = [...Object.keys(query.params), ...Object.keys(FILTER_TYPES)];
    for (const name of names) values.set(name, await this.printed(query, options, name));
    return toTrino(narrowedSql(query.text, options.filters), (name, type, bare) => {
      if (!values.has(name))
        throw new UserError('wrong-query-file', `${query.path}: uses $${name}, which it does not declare`);
      return trinoLiteral(values.get(name)!, type, bare);
    });
  }

  /** A parameter's value as DuckDB prints it, so that `1e3` and `yes` mean the same on both. */
  private async printed(query: Query, options: RunOptions, name: string): Promise<string | null> {
    const value = parameterValue(query, options, name);
    if (value === null) return null;
    const type = FILTER_TYPES[name as keyof typeof FILTER_TYPES] ?? query.params[name]!.type;
    const reader = await this.connection.runAndReadAll(
      `select cast($value as ${PARAM_TYPES[type]})::varchar`,
      {
        value,
      },
    );
    return reader.getRows()[0]![0] as string;
  }

  private async emptyTables(tables: readonly string[]): Promise<string[]> {
    const unknown = tables.filter((table) => !this.filled.has(table));
    if (unknown.length > 0) {
      const asked = unknown.map(
        (table) =>
          `select ${textLiteral(table)} as name, exists (select 1 from ${identifier(table)}) as filled`,
      );
      const rows = await this.rows<{ name: string; filled: boolean }>(asked.join(' union all '));
      for (const { name, filled } of rows) this.filled.set(name, filled);
    }
    return tables.filter((table) => this.filled.get(table) !== true);
  }
}

function inFile(query: Query, error: unknown): unknown {
  if (!(error instanceof UserError) || !error.message.startsWith('Trino: ')) return error;
  return new UserError(error.code, `${query.path}: ${error.message.slice('Trino: '.length)}`);
}
