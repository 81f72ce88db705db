import { resolve } from 'node:path';
import { counted } from '../base/counted.js';
import { Database, type OpenOptions } from '../store/database.js';
import { described } from '../store/catalog.js';
import { MACRO_NAMES } from '../store/macros.js';
import { UserError } from '../base/user-error.js';
import { lakeTables } from './columns.js';
import { folderContents, type LakeContents, objectContents } from './contents.js';
import { duckdbDdl } from './ddl/duckdb.js';
import { isObjectStore, withoutSlash } from './location.js';
import { mergedViews } from './merged.js';
import { explainReach, loadObjectStore } from './object-store.js';

/** Batches or tables that a sentence names. */
const SHOWN = 5;

export interface LakeReading extends Pick<OpenOptions, 'memoryLimit'> {
  /** Told, a sentence each, what of the lake is left out. */
  onNotice?: (sentence: string) => void;
}

/**
 * Opens a lake, in a folder or an object store, as a database whose `main` has every table, read-only; nothing outside
 * is reached. What no finished export vouches for is left out. Throws UserError where it is none that can be read.
 */
export async function openLake(place: string, { onNotice, ...options }: LakeReading = {}): Promise<Database> {
  const stored = isObjectStore(place);
  const location = stored ? withoutSlash(place) : resolve(place);
  const inFolder = stored ? null : await folderContents(place);
  const database = await Database.plain(':memory:', {
    ...options,
    name: place,
    reads: [location],
    ...(stored && { prepare: loadObjectStore(location) }),
  });
  try {
    const contents = inFolder ?? (await objectContents(database, location));
    for (const view of duckdbDdl({ location, schema: 'main' }, contents)) await database.run(view);
    for (const sentence of shortcomings(contents, place)) onNotice?.(sentence);
    return database;
  } catch (error) {
    database.close();
    throw explainReach(`the lake ${place} cannot be read`, error);
  }
}

/** What a reader should know that a lake lacks, a sentence each. */
function* shortcomings({ interrupted, missing }: LakeContents, place: string): Iterable<string> {
  if (interrupted.length > 0) {
    const batches = `${counted(interrupted.length, 'batch', 'batches')} (${some(interrupted)})`;
    yield interrupted.length === 1
      ? `${place}: ${batches} is left out, as its export is not done or was cut off; export that database again`
      : `${place}: ${batches} are left out, as their exports are not done or were cut off; export those databases again`;
  }
  if (missing.length > 0) {
    const tables = [...new Set(missing.map((file) => file.split('/', 1)[0]!))].sort();
    yield `${place}: ${counted(missing.length, 'file')} that an export wrote (${some(tables)}) ${missing.length === 1 ? 'is' : 'are'} not there any more; what is said here was found without`;
  }
}

function some(names: readonly string[]): string {
  return `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ', ...' : ''}`;
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
    'not-a-database',
    `${path} holds ${described(strange)}, and not only views over a lake; name another file with --db`,
  );
}

/** The statements that put DuckDB's `main` over a lake's folder. Throws UserError where it is none that can be read. */
export async function lakeViews(folder: string): Promise<string[]> {
  if (isObjectStore(folder)) {
    throw new UserError(
      'wrong-value',
      `lake views reads a folder; for ${folder}: dnslens lake ddl --engine duckdb --location ${folder}`,
    );
  }
  // the views stay when an export that was cut off is finished: they leave nothing out
  const { filled } = await folderContents(folder);
  return duckdbDdl({ location: resolve(folder), schema: 'main' }, { filled, leftOut: [] });
}
