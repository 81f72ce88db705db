import type { DuckDBPreparedStatement } from '@duckdb/node-api';
import type { Database } from '../store/database.js';
import { identifier } from '../base/sql-text.js';
import { UserError } from '../base/user-error.js';
import { type FilterValues, NO_FILTERS } from './filters.js';
import { narrowedSql } from './narrowed.js';
import type { Query } from './query.js';
import { missingResult, type Result, streamResult } from './result.js';
import { explainSqlError } from './sql-error.js';

export interface RunOptions {
  /** Values given for parameters, checked by checkParams; the others take their defaults. */
  params: Readonly<Record<string, string>>;
  filters: FilterValues;
}

/**
 * Runs a query. Every parameter is bound as text or NULL, and the SQL casts it. Where a required table has
 * no rows the query is not run and the result says which.
 */
export async function runQuery(
  database: Database,
  query: Query,
  options: RunOptions = { params: {}, filters: NO_FILTERS },
): Promise<Result> {
  const missing = await emptyTables(database, query.requires);
  if (missing.length > 0) return missingResult(query, missing);
  const statement = await prepare(database, query, options.filters);
  const values: Record<string, string | null> = {};
  for (const name of parameterNames(statement)) {
    values[name] = parameterValue(query, options, name);
  }
  statement.bind(values);
  return streamResult(statement, query);
}

/** What a parameter is bound to: text or NULL. `$client` is one address: several are left to `narrowed`. */
export function parameterValue(query: Query, options: RunOptions, name: string): string | null {
  const { since, until, client } = options.filters;
  if (name === 'since') return since;
  if (name === 'until') return until;
  if (name === 'client') return client?.addresses.length === 1 ? client.addresses[0]! : null;
  return options.params[name] ?? query.params[name]?.default ?? null;
}

/** The names of a statement's parameters, each once. */
export function parameterNames(statement: DuckDBPreparedStatement): string[] {
  return Array.from({ length: statement.parameterCount }, (_, i) => statement.parameterName(i + 1));
}

async function prepare(
  database: Database,
  query: Query,
  filters: FilterValues,
): Promise<DuckDBPreparedStatement> {
  const sql = narrowedSql(query.text, filters);
  try {
    return await database.connection.prepare(sql);
  } catch (error) {
    const { code, message } = explainSqlError(error);
    throw new UserError(code, `${query.path}: ${message}`);
  }
}

async function emptyTables(database: Database, tables: readonly string[]): Promise<string[]> {
  if (tables.length === 0) return [];
  const known = await database.rows<{ table_name: string }>(
    "select table_name from information_schema.tables where table_schema = 'main' and table_catalog = current_database()",
  );
  const names = new Set(known.map((row) => row.table_name));
  const empty: string[] = [];
  for (const table of tables) {
    if (!names.has(table) || !(await hasRows(database, table))) empty.push(table);
  }
  return empty;
}

async function hasRows(database: Database, table: string): Promise<boolean> {
  const [row] = await database.rows<{ some: boolean }>(
    `select exists (from main.${identifier(table)}) as "some"`,
  );
  return row!.some;
}
