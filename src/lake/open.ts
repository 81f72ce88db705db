import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Database, type OpenOptions } from '../store/database.js';
import { described } from '../store/catalog.js';
import { MACRO_NAMES } from '../store/macros.js';
import { UserError } from '../base/user-error.js';
import { lakeTables } from './columns.js';
import { duckdbDdl } from './ddl/duckdb.js';
import { mergedViews } from './merged.js';
import { checkLakeFile, LAKE_FILE } from './manifest.js';

/**
 * Opens a lake's folder as a database whose `main` has every table, read-only; nothing outside is reached. Throws
 * UserError where it is none that can be read.
 */
export async function openLake(
  folder: string,
  options: Pick<OpenOptions, 'memoryLimit'> = {},
): Promise<Database> {
  const views = await lakeViews(folder);
  const database = await Database.plain(':memory:', { ...options, name: folder, reads: [resolve(folder)] });
  try {
    for (const view of views) await database.run(view);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Writes views over a lake's folder into a DuckDB file, which is made where it is missing. */
export async function writeViews(path: string, folder: string): Promise<void> {
  const statements = await lakeViews(folder);
  const database = await Database.plain(path, { reads: [resolve(folder)] });
  try {
    checkHoldsViews(database);
    for (const statement of statements) await database.run(statement);
  } finally {
    database.close();
  }
}

/** A file of somebody's could have functions under the names of those that views are made with. */
function checkHoldsViews({ path, entries }: Database): void {
  const own = new Set([...lakeTables(), ...mergedViews()].map(({ name }) => name));
  const strange = entries.find(
    ({ kind, name }) => !(kind === 'view' && own.has(name)) && !(kind === 'macro' && MACRO_NAMES.has(name)),
  );
  if (strange === undefined) return;
  throw new UserError(
    `${path} holds ${described(strange)}, and not only views over a lake; name another file with --db`,
  );
}

/** The statements that put DuckDB's `main` over a lake's folder. Throws UserError where it is none that can be read. */
export async function lakeViews(folder: string): Promise<string[]> {
  const filled = await filledTables(folder);
  return duckdbDdl({ location: resolve(folder), schema: 'main' }, (table) => filled.has(table));
}

/** The tables that have a file; partitions may have been deleted since their manifests were written. */
async function filledTables(folder: string): Promise<Set<string>> {
  const path = join(folder, LAKE_FILE);
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UserError(
      `${folder} is a folder, and no lake that dnslens export --parquet made; name a database or a lake with --db`,
    );
  });
  checkLakeFile(text, path);
  const filled = new Set<string>();
  for (const { name } of lakeTables()) if (await hasFile(join(folder, name), 2)) filled.add(name);
  return filled;
}

/** Whether some Parquet file lies so many folders deep. */
async function hasFile(folder: string, depth: number): Promise<boolean> {
  const entries = await readdir(folder).catch(() => [] as string[]);
  if (depth === 0) return entries.some((name) => name.endsWith('.parquet'));
  for (const name of entries) if (await hasFile(join(folder, name), depth - 1)) return true;
  return false;
}
