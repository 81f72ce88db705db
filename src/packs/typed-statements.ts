import type { DuckDBPreparedStatement, StatementType as Type } from '@duckdb/node-api';
import type { Database } from '../store/database.js';
import { duckdbApi } from '../store/duckdb-api.js';
import { parameterNames } from './run.js';
import { type Result, streamResult } from './result.js';
import { explainSqlError } from './sql-error.js';
import { UserError } from '../base/user-error.js';

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
      if (database.reaches.length > 0) checkReadsOnly(statement, sql);
      else checkKeepsFile(statement, sql);
      const names = parameterNames(statement);
      if (names.length > 0)
        throw new UserError('wrong-sql', `the statement has a parameter, $${names[0]}; write its value`);
      yield await streamResult(statement, null);
    }
  }
  return { count: extracted.count, results: results() };
}

const { StatementType } = duckdbApi;

/** Statements that could take the file away and open it again to be written, by themselves or in another. */
const REOPENING: readonly Type[] = [
  StatementType.ATTACH,
  StatementType.DETACH,
  StatementType.PREPARE,
  StatementType.EXECUTE,
];

function checkKeepsFile(statement: DuckDBPreparedStatement, sql: string): void {
  const { statementType: type } = statement;
  const runsAnother = type === StatementType.EXPLAIN && /\b(?:attach|detach|prepare|execute)\b/i.test(sql);
  if (REOPENING.includes(type) || runsAnother) {
    throw new UserError(
      'sql-refused',
      'the database is only read: no other can be attached, and it stays attached',
    );
  }
}

/** Refuses what could write into a folder that DuckDB can reach, for which it has no setting. */
function checkReadsOnly(statement: DuckDBPreparedStatement, sql: string): void {
  const { statementType: type } = statement;
  const runsAnother = type === StatementType.EXPLAIN && /\b(?:copy|export|attach)\b/i.test(sql);
  if ((type === StatementType.SELECT || type === StatementType.EXPLAIN) && !runsAnother) return;
  throw new UserError(
    'sql-refused',
    'a lake is only read: the statement must be a select, describe, show or explain',
  );
}

/** Whether a text holds nothing but space, comments and semicolons, which DuckDB does not take. */
function isBlank(sql: string): boolean {
  return /^[\s;]*$/.test(sql.replace(/\/\*[^]*?\*\/|--[^\n]*/g, ''));
}

async function* none(): AsyncGenerator<Result> {}
