import type { Database } from '../store/database.js';
import { type Model, qualified } from './model.js';
import type { EmptyTables } from './shapes.js';

/** Rows from which on a model is committed by itself. */
const LARGE = 20_000;

/**
 * Creates a model's table or view inside the open transaction; one that is known to have no row is not planned. DuckDB
 * plans as if a table that the open transaction made were empty, so that a large one is committed at once.
 */
export async function createModel(database: Database, model: Model, empty: EmptyTables): Promise<void> {
  const { materialized, schema, name, sql } = model;
  const target =
    schema === 'temp' ? `temporary ${materialized} ${name}` : `${materialized} ${schema}.${name}`;
  const columns = empty.columnsOf(qualified(model));
  const [made] = await database.rows<{ Count?: bigint }>(
    `create or replace ${target} ${columns === null ? `as ${sql}` : `(${columns})`}`,
  );
  const rows = Number(made?.Count ?? 0);
  if (materialized === 'table') empty.note(qualified(model), rows);
  await commitLarge(database, rows);
}

/** Commits what was made where it has many rows. */
export async function commitLarge(database: Database, rows: number): Promise<void> {
  if (rows >= LARGE) await database.run('commit; begin');
}
