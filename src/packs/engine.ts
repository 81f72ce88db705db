import type { DuckDBConnection } from '@duckdb/node-api';
import type { Database } from '../store/database.js';
import type { Evidence } from './evidence.js';
import type { Query } from './query.js';
import type { Result } from './result.js';
import { type RunOptions, runQuery } from './run.js';

/** What runs queries of packs. */
export interface Engine extends Evidence {
  run(query: Query, options: RunOptions): Promise<Result>;
}

/** Runs queries on DuckDB: a database file, or views over a lake. */
export class DuckDbEngine implements Engine {
  constructor(private readonly database: Database) {}

  get connection(): DuckDBConnection {
    return this.database.connection;
  }

  rows<T>(sql: string): Promise<T[]> {
    return this.database.rows<T>(sql);
  }

  run(query: Query, options: RunOptions): Promise<Result> {
    return runQuery(this.database, query, options);
  }
}

/** Runs queries one after another, each when its result is asked for. */
export async function* runOn(
  engine: Engine,
  queries: readonly Query[],
  options: RunOptions,
): AsyncGenerator<Result> {
  for (const query of queries) yield await engine.run(query, options);
}
