import { Database, type OpenOptions } from '../store/database.js';
import { explainFault } from '../store/storage-fault.js';
import { buildCauses } from '../causes/build.js';
import { builtFingerprint } from '../causes/load.js';
import { createModel } from './create.js';
import { loadModels } from './load.js';
import { MACROS, MODEL_MACROS } from './macros.js';

export interface BuildOptions {
  /** Called with each model's name and its seconds. */
  onModel?: (name: string, seconds: number) => void;
}

/** Builds the models if a source was added since they were built. */
export async function ensureModels(database: Database, options: BuildOptions = {}): Promise<void> {
  if (!(await modelsAreCurrent(database))) await buildModels(database, options);
}

/** Opens a database read-only, external access off, with models that stand for all its sources. */
export async function openForReading(
  path: string,
  options: Omit<OpenOptions, 'readOnly'> = {},
): Promise<Database> {
  const database = await Database.open(path, { ...options, readOnly: true });
  if (await modelsAreCurrent(database)) return database;
  database.close();
  const { memoryLimit } = options;
  const writable = await Database.open(path, memoryLimit === undefined ? {} : { memoryLimit });
  try {
    await ensureModels(writable);
  } finally {
    writable.close();
  }
  return Database.open(path, { ...options, readOnly: true });
}

async function modelsAreCurrent(database: Database): Promise<boolean> {
  const [meta] = await database.rows<{ built: string | null }>(
    'select models_fingerprint as built from raw.meta',
  );
  return meta!.built === builtFingerprint();
}

/** Schemas of the file that hold nothing but models. */
const STORED = ['work', 'causes', 'debug'];

/**
 * Builds every model anew from the raw tables, then the causes from the models. That they are current is said, and
 * kept, only at the end.
 */
export async function buildModels(database: Database, options: BuildOptions = {}): Promise<void> {
  await database.run('update raw.meta set models_fingerprint = null');
  await database.run('begin');
  try {
    await clear(database);
    for (const schema of STORED) await database.run(`create schema ${schema}`);
    // DuckDB takes a table that this transaction made for small, and would compare each row with each
    await database.run('set asof_loop_join_threshold = 0');
    for (const macro of [...MACROS, ...MODEL_MACROS]) await database.run(macro);
    for (const model of loadModels()) {
      const started = performance.now();
      await createModel(database, model);
      options.onModel?.(model.name, (performance.now() - started) / 1000);
    }
    await buildCauses(database, options.onModel);
    if (process.env['DNSLENS_DEBUG']) await keepTemporary(database);
    await database.run(`update raw.meta set models_fingerprint = '${builtFingerprint()}'`);
    await database.run('commit');
    await dropTemporary(database);
  } catch (error) {
    await database.run('rollback').catch(() => undefined);
    throw explainFault(database.path, error);
  }
}

/** Drops what an earlier build made, so that a model that has gone, or has become a view, leaves nothing behind. */
async function clear(database: Database): Promise<void> {
  await dropTemporary(database);
  for (const schema of STORED) {
    await database.run(`drop schema if exists ${schema} cascade`);
  }
  const made = await database.rows<{ name: string; kind: string }>(
    "select table_name as name, if(table_type = 'VIEW', 'view', 'table') as kind from information_schema.tables where table_schema = 'main'",
  );
  for (const { name, kind } of made) await database.run(`drop ${kind} main."${name}"`);
}

/** Copies the tables of schema `temp` into `debug`, where `dnslens sql` can read how answers were told. */
async function keepTemporary(database: Database): Promise<void> {
  for (const name of await temporaryTables(database))
    await database.run(`create table debug."${name}" as from temp."${name}"`);
}

/** Drops the tables of schema `temp`, which are in memory. */
async function dropTemporary(database: Database): Promise<void> {
  for (const name of await temporaryTables(database)) await database.run(`drop table temp."${name}"`);
}

async function temporaryTables(database: Database): Promise<string[]> {
  const made = await database.rows<{ name: string }>(
    'select table_name as name from duckdb_tables() where temporary',
  );
  return made.map(({ name }) => name);
}
