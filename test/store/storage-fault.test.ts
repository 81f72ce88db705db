import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Database } from '../../src/store/database.js';
import { explainFault } from '../../src/store/storage-fault.js';
import { UserError } from '../../src/base/user-error.js';
import { temporaryFolder } from '../support/cli.js';

const isRoot = process.getuid?.() === 0;
const DUCKDB = join(import.meta.dirname, '..', '..', 'node_modules', '@duckdb', 'node-api');

/** The sentence for a database that cannot be opened to be written or read; its file must stay as it was. */
async function sentences(path: string): Promise<string[]> {
  const before = existsSync(path) && !isFolder(path) ? readFileSync(path) : null;
  const said: string[] = [];
  for (const readOnly of [false, true]) {
    const error = await Database.open(path, { readOnly }).then(
      (database) => (database.close(), null),
      (fault: unknown) => fault,
    );
    expect(error).toBeInstanceOf(UserError);
    said.push((error as UserError).message.replaceAll(join(path, '..'), 'FOLDER'));
  }
  expect(before === null || readFileSync(path).equals(before)).toBe(true);
  return said;
}

function isFolder(path: string): boolean {
  try {
    readFileSync(path);
    return false;
  } catch {
    return true;
  }
}

async function databaseAt(path: string, ...statements: string[]): Promise<Buffer> {
  const database = await Database.open(path);
  for (const statement of statements) await database.run(statement);
  database.close();
  return readFileSync(path);
}

const DAMAGED =
  'FOLDER/a.duckdb is not a DuckDB database or is damaged; move it away and ingest the evidence again';

describe('a database that cannot be opened is told in a sentence and left as it is', () => {
  it.each([
    ['text', () => Buffer.from('Dear all,\n')],
    ['bytes of any kind', () => Buffer.alloc(20_000, 7)],
    ['a database that was cut', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
    ['a database cut in its header', (whole: Buffer) => whole.subarray(0, 5000)],
    ['a database with a damaged header', (whole: Buffer) => whole.fill(1, 4096, 12_288)],
  ])('%s', async (_, made) => {
    const path = join(temporaryFolder(), 'a.duckdb');
    writeFileSync(path, made(await databaseAt(path)));
    expect(await sentences(path)).toEqual([DAMAGED, DAMAGED]);
  });

  it.each([
    ['a newer', 99],
    ['an older', 0],
  ])('%s version', async (age, version) => {
    const path = join(temporaryFolder(), 'a.duckdb');
    await databaseAt(path, `update raw.meta set schema_version = ${version}`);
    for (const said of await sentences(path)) expect(said).toContain(`was made by ${age} dnslens`);
  });

  it("another program's tables", async () => {
    const path = join(temporaryFolder(), 'a.duckdb');
    await databaseAt(path, 'create table t as select 1 as a', 'drop schema raw cascade');
    for (const said of await sentences(path)) expect(said).toContain('that dnslens did not make');
  });

  it('a folder', async () => {
    const path = join(temporaryFolder(), 'a.duckdb');
    mkdirSync(path);
    expect((await sentences(path))[0]).toBe('FOLDER/a.duckdb is a folder; name a file with --db');
  });

  it('a folder that does not exist', async () => {
    const [said] = await sentences(join(temporaryFolder(), 'block', 'a.duckdb'));
    expect(said).toBe('the folder FOLDER of FOLDER/a.duckdb does not exist; make it, or name another --db');
  });

  it('one that another process holds, with its number', async () => {
    const path = join(temporaryFolder(), 'a.duckdb');
    await databaseAt(path);
    const hold = `const { DuckDBInstance } = require(${JSON.stringify(DUCKDB)});
      DuckDBInstance.create(${JSON.stringify(path)}).then((held) => { globalThis.held = held; console.log('held'); process.stdin.resume(); });`;
    const holder = spawn(process.execPath, ['-e', hold], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    const [said] = await sentences(path);
    expect(said).toBe(
      `FOLDER/a.duckdb is in use by another process (${holder.pid}); wait until it ends, or name another --db`,
    );
    holder.kill();
    await once(holder, 'close');
  });

  it.skipIf(isRoot)('a folder that may not be written (root may)', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o500);
    const [said] = await sentences(join(folder, 'a.duckdb'));
    chmodSync(folder, 0o700);
    expect(said).toContain('may not be written by this user');
  });
});

it('an empty file, as mktemp leaves, is a database that is not made yet', async () => {
  const path = join(temporaryFolder(), 'a.duckdb');
  writeFileSync(path, '');
  await expect(Database.open(path, { readOnly: true })).rejects.toThrow('There is no database');
  const database = await Database.open(path);
  expect(await database.rows('select count(*)::int as n from raw.sources')).toEqual([{ n: 0 }]);
  database.close();
});

describe('a statement that needs more memory than it may take', () => {
  it('is explained by the limit and what to do', () => {
    const fault = new Error(
      'Out of Memory Error: failed to pin block of size 256.0 KiB (190.7 MiB/190.7 MiB used)',
    );
    expect(explainFault('a.duckdb', fault)).toMatchObject({
      message:
        'the memory limit is too small for a.duckdb; run the same command again with a larger --memory-limit, such as 2GB',
    });
  });
});
