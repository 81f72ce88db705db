import type { Catalog } from './load.js';
import { type FilterValues, NO_FILTERS } from './filters.js';
import { runQuery } from './run.js';
import type { Result, ResultColumn } from './result.js';
import type { Value } from './value.js';
import type { Database } from '../store/database.js';

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
  const result = await runQuery(database, catalog.get(id), {
    params,
    filters: { ...NO_FILTERS, ...filters },
  });
  return readObjects<T>(result);
}

/**
 * A result's rows, all of them, as objects. What is a number in the database is one here, if need be the nearest: who
 * reads objects counts with them, where formats write past 2^53 as text.
 */
export async function readObjects<T = Row>({ columns, rows }: Result): Promise<T[]> {
  const read: Row[] = [];
  for await (const chunk of rows) {
    for (const values of chunk) {
      read.push(Object.fromEntries(columns.map((column, i) => [column.name, countable(values[i]!, column)])));
    }
  }
  return read as T[];
}

function countable(value: Value, { type }: ResultColumn): Value {
  return type === 'number' && typeof value === 'string' ? Number(value) : value;
}
