import type { DuckDBPreparedStatement } from '@duckdb/node-api';
import type { Query } from './query.js';
import { explainSqlError } from './sql-error.js';
import { plainValue, type Value, type ValueType, valueType } from './value.js';

export interface ResultColumn {
  name: string;
  type: ValueType;
  /** Meaning and unit, as the query declares them; null for a statement typed by hand. */
  about: string | null;
}

/** A query's or statement's result; its rows can be iterated once. */
export interface Result {
  /** Null for a statement typed by hand. */
  query: Query | null;
  columns: ResultColumn[];
  rows: AsyncIterable<Value[][]>;
  /** Tables that the query requires and that have no rows; it was not run then. */
  missing: string[];
}

/**
 * Runs a bound statement and gives its rows chunk by chunk, as they are asked for. DuckDB's errors come as
 * UserErrors, then and while rows are read.
 */
export async function streamResult(statement: DuckDBPreparedStatement, query: Query | null): Promise<Result> {
  const result = await statement.stream().catch(explain);
  const columns = result.deduplicatedColumnNames().map((name, i) => ({
    name,
    type: valueType(result.columnType(i)),
    about: query?.columns[name] ?? null,
  }));
  async function* rows(): AsyncGenerator<Value[][]> {
    try {
      for await (const chunk of result) yield chunk.getRows().map((row) => row.map(plainValue));
    } catch (error) {
      explain(error);
    } finally {
      statement.destroySync();
    }
  }
  return { query, columns, rows: rows(), missing: [] };
}

function explain(error: unknown): never {
  throw explainSqlError(error);
}

/** The result of a query that could not be run for want of evidence. */
export function missingResult(query: Query, missing: string[]): Result {
  const columns = Object.entries(query.columns).map(([name, about]) => ({
    name,
    type: 'text' as const,
    about,
  }));
  return { query, columns, rows: nothing(), missing };
}

async function* nothing(): AsyncGenerator<Value[][]> {}
