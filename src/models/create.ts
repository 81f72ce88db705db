import type { Database } from '../store/database.js';
import { type Model, qualified } from './model.js';
import type { EmptyTables } from './shapes.js';

/** Rows from which on a model is committed by itself. */
const LARGE = 20_000;

/** Rows of a table by which models are made in parts, in one part. */
const PART_ROWS = 250_000;

/**
 * Creates a model's table or view inside the open transaction; one that is known to have no row is not planned. DuckDB
 * plans as if a table that the open transaction made were empty, so that a large one is committed at once.
 */
export async function createModel(
  database: Database,
  model: Model,
  empty: EmptyTables,
  partRows = PART_ROWS,
): Promise<void> {
  const { materialized, schema, name, sql } = model;
  const target =
    schema === 'temp' ? `temporary ${materialized} ${name}` : `${materialized} ${schema}.${name}`;
  const columns = empty.columnsOf(qualified(model));
  const parts = columns === null ? await partsOf(database, model, partRows) : [];
  const [first, ...others] = parts;
  let rows = await changed(
    database,
    `${first ?? ''}create or replace ${target} ${columns === null ? `as ${sql}` : `(${columns})`}`,
  );
  await commitLarge(database, rows);
  for (const part of others) {
    const more = await changed(database, `${part}insert into ${schema}.${name} ${sql}`);
    await commitLarge(database, more);
    rows += more;
  }
  if (parts.length > 0) await database.run('reset variable part_from; reset variable part_until');
  if (materialized === 'table') empty.note(qualified(model), rows);
}

/** Statements that choose each part which a model is made in, one after the other; none where it is made at once. */
async function partsOf(database: Database, { parts: table }: Model, partRows: number): Promise<string[]> {
  if (table === null) return [];
  const [last] = await database.rows<{ row: bigint | null }>(`select max(rowid) as row from ${table}`);
  const count = Math.ceil((Number(last?.row ?? 0) + 1) / partRows);
  if (count <= 1) return [];
  return Array.from(
    { length: count },
    (_, i) => `set variable part_from = ${i * partRows}; set variable part_until = ${(i + 1) * partRows}; `,
  );
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
