import type { Database } from '../store/database.js';
import { parameterNames } from './run.js';
import { type Result, streamResult } from './result.js';
import { explainSqlError } from './sql-error.js';
import { UserError } from '../store/user-error.js';

/** Statements typed by hand, ready to run one after another. */
export interface Statements {
  count: number;
  /** Runs each when its result is asked for. */
  results: AsyncIterable<Result>;
}

/** Splits a text into its SQL statements. Throws UserError where it is no SQL. */
export async function readStatements(database: Database, sql: string): Promise<Statements> {
  if (isBlank(sql)) return { count: 0, results: none() };
  const extracted = await database.connection.extractStatements(sql).catch((error: unknown) => {
    throw explainSqlError(error);
  });
  async function* results(): AsyncGenerator<Result> {
    for (let i = 0; i < extracted.count; i++) {
      const statement = await extracted.prepare(i).catch((error: unknown) => {
        throw explainSqlError(error);
      });
      const names = parameterNames(statement);
      if (names.length > 0)
        throw new UserError(`the statement has a parameter, $${names[0]}; write its value`);
      yield await streamResult(statement, null);
    }
  }
  return { count: extracted.count, results: results() };
}

/** Whether a text holds nothing but space, comments and semicolons, which DuckDB does not take. */
function isBlank(sql: string): boolean {
  return /^[\s;]*$/.test(sql.replace(/\/\*[^]*?\*\/|--[^\n]*/g, ''));
}

async function* none(): AsyncGenerator<Result> {}
