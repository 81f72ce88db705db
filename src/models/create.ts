import type { Database } from '../store/database.js';
import { type Model, qualified } from './model.js';
import type { EmptyTables } from './shapes.js';

/** Rows from which on a model is committed by itself. */
const LARGE = 20_000;

/** Rows of evidence of which models are made at once; of more, those that can be are made in parts. */
const PART_ROWS = 5_000_000;

/** In how many parts models are to be made of so many rows of evidence. */
export function partsOf(rows: number): number {
  return Math.max(1, Math.ceil(rows / PART_ROWS));
}

/**
 * Creates a model's table or view inside the open transaction; one that is known to have no row is not planned. DuckDB
 * plans as if a table that the open transaction made were empty, so that a large one is committed at once.
 */
export async function createModel(
  database: Database,
  model: Model,
  empty: EmptyTables,
  parts = 1,
): Promise<void> {
  const { materialized, schema, name } = model;
  const target =
    schema === 'temp' ? `temporary ${materialized} ${name}` : `${materialized} ${schema}.${name}`;
  const columns = empty.columnsOf(qualified(model));
  const [first, ...others] = selectsOf(model, parts);
  let rows = await changed(
    database,
    `create or replace ${target} ${columns === null ? `as ${first}` : `(${columns})`}`,
  );
  await commitLarge(database, rows);
  for (const part of columns === null ? others : []) {
    const more = await changed(database, `insert into ${schema}.${name} ${part}`);
    await commitLarge(database, more);
    rows += more;
  }
  if (materialized === 'table') empty.note(qualified(model), rows);
}

/** The statements whose rows together are a model's: each takes some values of the column that it can be parted by. */
function selectsOf({ sql, parts: column }: Model, parts: number): string[] {
  if (column === null || parts === 1) return [sql];
  return Array.from({ length: parts }, (_, i) => `select * from (${sql}) where ${column} % ${parts} = ${i}`);
}

/** How many rows a statement made. */
async function changed(database: Database, sql: string): Promise<number> {
  const [made] = await database.rows<{ Count?: bigint }>(sql);
  return Number(made?.Count ?? 0);
}

/** Commits what was made where it has many rows. */
export async function commitLarge(database: Database, rows: number): Promise<void> {
  if (rows >= LARGE) await database.run('commit; begin');
}
