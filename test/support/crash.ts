import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ingest } from '../../src/ingest/ingest.js';
import { ensureModels } from '../../src/build/current.js';
import type { Database } from '../../src/store/database.js';
import { Ledger } from '../../src/store/ledger.js';

const CHILD = join(import.meta.dirname, '..', 'ingest', 'crash-child.mjs');

export interface Run {
  code: number | null;
  signal: string | null;
  steps: number;
  /** Inputs that it told of. */
  told: number;
}

/** Rows after which small inputs are committed: few, so that a run is killed between such commits too. */
const GROUP_ROWS = 60;

/** Ingests in a process that kills itself at step `killAt` (0: never), or is killed once `killAfter` steps are heard. */
export function runToKill(
  database: string,
  paths: readonly string[],
  { killAt = 0, killAfter = Infinity } = {},
): Promise<Run> {
  const child: ChildProcess = spawn(process.execPath, [CHILD, database, String(killAt), ...paths], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, GROUP_ROWS: String(GROUP_ROWS) },
  });
  let heard = 0;
  let told = 0;
  child.stdout!.on('data', (bytes: Buffer) => {
    heard += bytes.length;
    told += bytes.toString().split('o').length - 1;
    if (heard >= killAfter) child.kill('SIGKILL');
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, steps: heard, told }));
  });
}

export type Contents = Record<string, string>;

/** Sources that a killed run left, each with all of its rows. */
export async function leftBy(database: string): Promise<number> {
  if (!existsSync(database)) return 0;
  const ledger = await Ledger.open(database);
  try {
    return ledger.known.all.length;
  } finally {
    ledger.close();
  }
}

/** Reads the same inputs undisturbed, builds the models, and gives what is in the database then. */
export async function finish(database: string, paths: readonly string[]): Promise<Contents> {
  const ledger = await Ledger.open(database);
  try {
    const { gaveNothing } = await ingest(ledger, paths);
    if (gaveNothing) throw new Error('an input gave nothing');
    await ensureModels(ledger.database);
    return await contents(ledger.database);
  } finally {
    ledger.close();
  }
}

/** What the readers left in a database. */
export function rawContents(database: Database): Promise<Contents> {
  return contents(database, ['raw']);
}

/** Rows of every table and a hash of them in any order, without the time of reading and what is seeded. */
async function contents(database: Database, schemas = ['raw', 'main']): Promise<Contents> {
  const tables = await database.rows<{ name: string; columns: string }>(
    `select table_schema || '.' || table_name as name, string_agg('"' || column_name || '"', ',' order by ordinal_position) as columns
     from information_schema.columns
     where table_schema in (${schemas.map((schema) => `'${schema}'`).join(', ')}) and table_name <> 'meta' and column_name not in ('ingested_at', 'key')
     group by all`,
  );
  const all: Contents = {};
  for (const { name, columns } of tables) {
    const [row] = await database.rows<{ found: string }>(
      `select count(*) || ' rows, ' || coalesce(sum(hash(${columns})::hugeint), 0) as found from ${name}`,
    );
    all[name] = row!.found;
  }
  return all;
}
