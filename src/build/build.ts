import type { Database } from '../store/database.js';
import { MODEL_SCHEMAS } from '../store/catalog.js';
import { identifier, textLiteral } from '../base/sql-text.js';
import { explainFault, StorageFault, TooLittleMemory } from '../store/storage-fault.js';
import { WritingMemory } from '../store/writing-memory.js';
import { buildCauses } from '../causes/build.js';
import { builtFingerprint } from '../causes/load.js';
import { commentStatements } from './comments.js';
import { createModel } from '../models/create.js';
import { loadModels } from '../models/load.js';
import { MODEL_MACROS } from '../models/macros.js';
import { MACROS } from '../store/macros.js';
import { type Part, qualified } from '../models/model.js';
import { EmptyTables } from '../models/shapes.js';

export interface BuildOptions {
  /** Called with each model's name and its seconds. */
  onModel?: (name: string, seconds: number) => void;
  /** Rows of evidence of which models are made at once that can be made in parts. */
  partRows?: number;
  /** All that is made, where somebody asks of nothing else; it has to be whole. The models are not called current then. */
  only?: Part;
}

/** Evidence that the models cannot be made of: the model that failed, and why in DuckDB's words. */
export class ModelFault extends Error {
  constructor(
    readonly model: string,
    readonly why: string,
  ) {
    super(`the model ${model} cannot be built: ${why}`);
  }
}

/** Schemas of the file that hold nothing but models. */
const STORED = MODEL_SCHEMAS.filter((schema) => schema !== 'main');

/**
 * Builds every model anew from the raw tables, then the causes from the models, in little memory; where that is not enough
 * for one of them, once more in all that DuckDB may hold. Throws ModelFault where the evidence does not fit them.
 */
export async function buildModels(database: Database, options: BuildOptions = {}): Promise<void> {
  const memory = await WritingMemory.hold(database, await evidenceRows(database));
  try {
    await buildAnew(database, options).catch(async (error: unknown) => {
      if (!(error instanceof TooLittleMemory)) throw error;
      await memory.widen();
      await buildAnew(database, options);
    });
  } finally {
    await memory.release();
  }
}

/** Builds all of them. That they are current is said, and kept, only at the end. */
async function buildAnew(database: Database, options: BuildOptions): Promise<void> {
  await database.run('update raw.meta set models_fingerprint = null');
  await database.run('begin');
  let at: string | null = null;
  try {
    await clear(database);
    const statements = [
      ...STORED.map((schema) => `create schema ${identifier(schema)}`),
      // DuckDB takes a table that this transaction made for small, and would compare each row with each
      'set asof_loop_join_threshold = 0',
      ...MACROS,
      ...MODEL_MACROS,
    ];
    await database.run(statements.join('; '));
    const fingerprint = builtFingerprint();
    const empty = await EmptyTables.of(database, fingerprint);
    const { only, partRows } = options;
    for (const model of loadModels()) {
      if (only && !only.models.has(qualified(model))) continue;
      const started = performance.now();
      at = model.name;
      await createModel(database, model, empty, partRows);
      options.onModel?.(model.name, (performance.now() - started) / 1000);
    }
    at = 'causes';
    await buildCauses(database, empty, { only, onStep: options.onModel });
    at = null;
    if (process.env['DNSLENS_DEBUG']) await keepTemporary(database);
    if (!only) await database.run(await commentStatements(database));
    if (!only) await database.run(`update raw.meta set models_fingerprint = ${textLiteral(fingerprint)}`);
    await database.run('commit');
    await dropTemporary(database);
  } catch (error) {
    await database.run('rollback').catch(() => undefined);
    await dropTemporary(database).catch(() => undefined);
    const fault = explainFault(database.path, error);
    if (at === null || fault instanceof StorageFault || !isOfValues(fault)) throw fault;
    throw new ModelFault(at, (fault as Error).message.split('\n', 1)[0]!);
  }
}

/** How many rows of evidence there are, near enough, in a database or in its origin. */
async function evidenceRows(database: Database): Promise<number> {
  const [raw] = await database.rows<{ rows: bigint | null }>(
    "select sum(estimated_size)::BIGINT as rows from duckdb_tables() where schema_name = 'raw'",
  );
  return Number(raw?.rows ?? 0);
}

/** DuckDB's complaints about values; others are about statements or the machine. */
function isOfValues(fault: unknown): boolean {
  return fault instanceof Error && /^(?:Conversion|Out of Range|Invalid Input) Error/.test(fault.message);
}

/** Drops what an earlier build made, so that a model that has gone, or has become a view, leaves nothing behind. */
async function clear(database: Database): Promise<void> {
  await dropTemporary(database);
  for (const schema of STORED) await database.run(`drop schema if exists ${identifier(schema)} cascade`);
  const made = await database.rows<{ name: string; kind: string }>(
    `select table_name as name, 'table' as kind from duckdb_tables() where schema_name = 'main' and database_name = current_database()
     union all select view_name, 'view' from duckdb_views() where schema_name = 'main' and database_name = current_database() and not internal
     union all select distinct function_name, function_type from duckdb_functions() where schema_name = 'main' and database_name = current_database() and not internal`,
  );
  for (const { name, kind } of made) {
    const what = kind === 'table_macro' ? 'macro table' : kind;
    await database.run(`drop ${what} main.${identifier(name)}`);
  }
}

/** Copies the tables of schema `temp` into `debug`, where `dnslens sql` can read how answers were told. */
async function keepTemporary(database: Database): Promise<void> {
  for (const name of (await temporaryTables(database)).map(identifier))
    await database.run(`create table debug.${name} as from temp.${name}`);
}

/** Drops the tables of schema `temp`, which are in memory. */
async function dropTemporary(database: Database): Promise<void> {
  for (const name of await temporaryTables(database))
    await database.run(`drop table temp.${identifier(name)}`);
}

async function temporaryTables(database: Database): Promise<string[]> {
  const made = await database.rows<{ name: string }>(
    'select table_name as name from duckdb_tables() where temporary',
  );
  return made.map(({ name }) => name);
}
