import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Database } from '../../src/store/database.js';
import { databaseFile } from '../../src/store/database-file.js';
import { temporaryFolder } from '../support/cli.js';

async function sourcesIn(path: string): Promise<unknown> {
  const database = await Database.open(path);
  try {
    return await database.rows('select count(*)::int as n from raw.sources');
  } finally {
    database.close();
  }
}

describe('the file that --db names', () => {
  it.each(['raw', 'work', 'causes', 'main', 'temp', 'system', 'memory', 'dnslens', 'origin', 'a"b\'c; d'])(
    'may be called %s.duckdb',
    async (name) => {
      const path = join(temporaryFolder(), `${name}.duckdb`);
      for (let i = 0; i < 2; i++) expect(await sourcesIn(path)).toEqual([{ n: 0 }]);
    },
  );

  it.each([4096, 8192])('is finished where a first run was killed after %i bytes', async (size) => {
    const folder = temporaryFolder();
    await sourcesIn(join(folder, 'whole.duckdb'));
    const path = join(folder, 'begun.duckdb');
    writeFileSync(path, readFileSync(join(folder, 'whole.duckdb')).subarray(0, size));
    await expect(Database.open(path, { readOnly: true })).rejects.toThrow('There is no database');
    expect(await sourcesIn(path)).toEqual([{ n: 0 }]);
  });

  it("is left alone where it is as long as a begun one and not DuckDB's", async () => {
    const path = join(temporaryFolder(), 'notes.txt');
    writeFileSync(path, 'x'.repeat(4096));
    await expect(Database.open(path)).rejects.toThrow(/is not a DuckDB database/);
    expect(readFileSync(path, 'latin1')).toBe('x'.repeat(4096));
  });

  it('is made where a link points that leads to nothing yet', async () => {
    const folder = temporaryFolder();
    symlinkSync('b.duckdb', join(folder, 'a.duckdb'));
    symlinkSync('a.duckdb', join(folder, 'link.duckdb'));
    expect(await sourcesIn(join(folder, 'link.duckdb'))).toEqual([{ n: 0 }]);
    expect(readdirSync(folder).toSorted()).toEqual(['a.duckdb', 'b.duckdb', 'link.duckdb']);
    expect(lstatSync(join(folder, 'link.duckdb')).isSymbolicLink()).toBe(true);
  });

  it('is refused where it is a pipe, a device or a link to itself', () => {
    const folder = temporaryFolder();
    const pipe = join(folder, 'pipe');
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
    symlinkSync('loop', join(folder, 'loop'));
    for (const path of [pipe, '/dev/null']) {
      expect(() => databaseFile(path)).toThrow(`${path} is a pipe, a device or a socket`);
    }
    expect(() => databaseFile(join(folder, 'loop'))).toThrow('a link that leads to itself');
  });
});

it('a statement of ours cannot reach a file that was not named, nor change that', async () => {
  const folder = temporaryFolder();
  const database = await Database.open(join(folder, 'a.duckdb'));
  try {
    await expect(database.run(`from read_text('${import.meta.filename}')`)).rejects.toThrow(/disabled/);
    await expect(database.run(`attach '${join(folder, 'b.duckdb')}' as b`)).rejects.toThrow(/disabled/);
    await expect(database.run('set enable_external_access = true')).rejects.toThrow(/locked/);
    await expect(database.run("set allowed_directories = ['/']")).rejects.toThrow(/locked/);
  } finally {
    database.close();
  }
});
