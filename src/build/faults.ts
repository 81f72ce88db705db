import { join } from 'node:path';
import { Database, ORIGIN, type OpenOptions } from '../store/database.js';
import { identifier } from '../base/sql-text.js';
import { RAW_TABLES, SOURCED_TABLES } from '../raw/tables/index.js';
import { TemporaryFolder } from '../base/temporary-folder.js';
import { UserError } from '../base/user-error.js';
import { buildModels, type BuildOptions, ModelFault } from './build.js';
import { loadModels } from '../models/load.js';

/** Builds tried at most to find out which sources the models cannot be built of. */
const MOST_TRIES = 64;

export interface FaultyBuildOptions extends BuildOptions {
  /** Told what is left out, a sentence each. */
  onNotice?: (sentence: string) => void;
}

/**
 * Builds the models of `database`, whose raw tables are those of the file `path`; where sources do not fit them, `leaveOut`
 * takes those out, and the others' models are built. Throws UserError where that does not help.
 */
export async function buildAroundFaults(
  database: Database,
  path: string,
  leaveOut: (sources: readonly number[]) => Promise<void>,
  { onNotice, ...options }: FaultyBuildOptions & Pick<OpenOptions, 'memoryLimit'> = {},
): Promise<void> {
  try {
    await buildModels(database, options);
  } catch (error) {
    if (!(error instanceof ModelFault)) throw error;
    const faulty = await sourcesAtFault(path, options);
    if (faulty.length === 0) throw noSourceFound(path, error);
    for (const name of await namesOf(database, faulty)) {
      onNotice?.(`${name} is left out: ${error.message}`);
    }
    onNotice?.(`to take it out of ${path}: ${commandsOf(path, faulty)}`);
    await leaveOut(faulty);
    await buildModels(database, options).catch((again: unknown) => {
      throw again instanceof ModelFault ? noSourceFound(path, again) : again;
    });
  }
}

/** What a failed build of a file that is closed now is for its user: the sources at fault, and how they are taken out. */
export async function explainModelFault(
  path: string,
  fault: ModelFault,
  options: Pick<OpenOptions, 'memoryLimit'> = {},
): Promise<UserError> {
  const faulty = await sourcesAtFault(path, options);
  if (faulty.length === 0) return noSourceFound(path, fault);
  const database = await Database.open(path, { readOnly: true });
  try {
    const names = (await namesOf(database, faulty)).join(', ');
    return new UserError(
      'models-not-built',
      `${path} has the evidence, but ${fault.message}; that comes of ${names}. Reports leave it out; to take it out of the file: ${commandsOf(path, faulty)}`,
    );
  } finally {
    database.close();
  }
}

function noSourceFound(path: string, { message }: ModelFault): UserError {
  return new UserError(
    'models-not-built',
    `${path}: ${message}; no source was found that causes it by itself. Ingest fewer of them into another --db, and please report it`,
  );
}

async function namesOf(database: Database, sources: readonly number[]): Promise<string[]> {
  const rows = await database.rows<{ id: number; path: string }>(
    `select source_id as id, path from raw.sources where source_id in (${sources.join(', ')}) order by source_id`,
  );
  return rows.map(({ id, path }) => `source ${id} (${path})`);
}

function commandsOf(path: string, sources: readonly number[]): string {
  return sources.map((id) => `dnslens forget ${id} --db ${path}`).join('; ');
}

/** The sources of a file that the models cannot be built of, each by itself. */
async function sourcesAtFault(path: string, options: Pick<OpenOptions, 'memoryLimit'>): Promise<number[]> {
  const folder = new TemporaryFolder();
  try {
    const trial = await Database.plain(join(folder.path, 'trial.duckdb'), {
      ...options,
      name: path,
      origin: path,
    });
    try {
      const all = await trial.rows<{ id: number }>(
        `select source_id as id from ${ORIGIN}.raw.sources order by source_id desc`,
      );
      const fails = async (sources: readonly number[]): Promise<boolean> => {
        await readRawOf(trial, `source_id in (${sources.join(', ')})`);
        return buildModels(trial).then(
          () => false,
          (error: unknown) => {
            if (error instanceof ModelFault) return true;
            throw error;
          },
        );
      };
      const found = await failing(
        all.map(({ id }) => id),
        fails,
        { left: MOST_TRIES },
      );
      return found.toSorted((a, b) => a - b);
    } finally {
      trial.close();
    }
  } finally {
    folder.remove();
  }
}

/**
 * Those of some things, which fail together, that fail by themselves, by halving; what fails only together is in no half.
 */
export async function failing<T>(
  things: readonly T[],
  fails: (some: readonly T[]) => Promise<boolean>,
  tries: { left: number },
): Promise<T[]> {
  if (things.length <= 1) return [...things];
  const middle = things.length >> 1;
  const found: T[] = [];
  for (const half of [things.slice(0, middle), things.slice(middle)]) {
    if (tries.left-- <= 0) break;
    if (await fails(half)) found.push(...(await failing(half, fails, tries)));
  }
  return found;
}

/**
 * Makes schema `raw` of a database anew: views of the raw tables of its `origin`, of those sources that fit a condition. A
 * table has numbers of its rows, which some models join by; a view has them only where it names them.
 */
export async function readRawOf(database: Database, condition = 'true'): Promise<void> {
  await database.run('create schema if not exists raw');
  await database.run(
    `create or replace table raw.meta as from ${ORIGIN}.raw.meta; update raw.meta set models_fingerprint = null; create or replace view raw.codes as from ${ORIGIN}.raw.codes`,
  );
  const numbered = new Set(loadModels().flatMap(({ sql, from }) => (/\browid\b/.test(sql) ? from : [])));
  for (const table of RAW_TABLES) {
    const columns = numbered.has(`raw.${table.name}`) ? '*, rowid' : '*';
    const filter = SOURCED_TABLES.includes(table) ? ` where ${condition}` : '';
    const name = identifier(table.name);
    await database.run(
      `create or replace view raw.${name} as select ${columns} from ${ORIGIN}.raw.${name}${filter}`,
    );
  }
}
