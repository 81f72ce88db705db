import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { databaseFor } from '../../src/cli/evidence-cache.js';
import { temporaryFolder } from '../support/cli.js';

it('of the databases in the cache the one used longest ago goes first, with what lies beside it', async () => {
  const folder = temporaryFolder();
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
  onTestFinished(() => void vi.unstubAllEnvs());
  const use = (name: string) => {
    const evidence = join(folder, name);
    if (!existsSync(evidence)) writeFileSync(evidence, name);
    return databaseFor([evidence], []);
  };
  const databases = [];
  for (let i = 0; i < 8; i++) {
    const database = await use(`${i}.log`);
    for (const file of [database, `${database}.wal`]) writeFileSync(file, '');
    utimesSync(database, 1000 + i, 1000 + i);
    databases.push(database);
  }
  expect(await use('0.log')).toBe(databases[0]);
  await use('new.log');
  expect(databases.map((database) => existsSync(database))).toEqual([
    true,
    false,
    ...Array.from({ length: 6 }, () => true),
  ]);
  expect(existsSync(`${databases[1]}.wal`)).toBe(false);
});
