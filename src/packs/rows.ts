import type { Catalog } from './load.js';
import { type FilterValues, NO_FILTERS } from './filters.js';
import { runQuery } from './run.js';
import type { Result, ResultColumn } from './result.js';
import type { Value } from './value.js';
import type { Database } from '../store/database.js';

/** What tells rows of a table apart: a number, or one past 2^53, such as a lake's, as text. */
export type Id = number | string;

const IS_ID = /(^|_)id$/;

/** A row of a bundled query by column; times as ISO 8601 in UTC. */
export type Row = Record<string, Value>;

/** All rows of the bundled query `id`, as objects. */
export async function rowsOf<T = Row>(
  database: Database,
  catalog: Catalog,
  id: string,
  params: Readonly<Record<string, string>>,
  filters: Partial<FilterValues> = {},
): Promise<T[]> {
  const rows: T[] = [];
  for await (const row of eachRowOf<T>(database, catalog, id, params, filters)) rows.push(row);
  return rows;
}

/** The same one by one, for a query whose rows are too many to hold. */
export async function* eachRowOf<T = Row>(
  database: Database,
  catalog: Catalog,
  id: string,
  params: Readonly<Record<string, string>>,
  filters: Partial<FilterValues> = {},
): AsyncGenerator<T> {
  yield* eachObject<T>(
    await runQuery(database, catalog.get(id), { params, filters: { ...NO_FILTERS, ...filters } }),
  );
}

/**
 * A result's rows, all of them, as objects. What is a number in the database is one here, if need be the nearest: who
 * reads objects counts with them, where formats write past 2^53 as text. Ids are not counted with, and stay what they are.
 */
export async function readObjects<T = Row>(result: Result): Promise<T[]> {
  const read: T[] = [];
  for await (const row of eachObject<T>(result)) read.push(row);
  return read;
}

async function* eachObject<T>({ columns, rows }: Result): AsyncGenerator<T> {
  for await (const chunk of rows) {
    for (const values of chunk)
      yield Object.fromEntries(columns.map((column, i) => [column.name, countable(values[i]!, column)])) as T;
  }
}

function countable(value: Value, { name, type }: ResultColumn): Value {
  return type === 'number' && typeof value === 'string' && !IS_ID.test(name) ? Number(value) : value;
}
