import type { DuckDBConnection } from '@duckdb/node-api';

/** What options and parameters are checked against. A DuckDB database is one. */
export interface Evidence {
  /** All rows of a statement that every engine runs alike. */
  rows<T>(sql: string): Promise<T[]>;
  /** A DuckDB, which reads what users type, so that it means the same whatever runs the queries. */
  readonly connection: DuckDBConnection;
}
