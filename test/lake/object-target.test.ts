import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportLake, FolderTarget, isObjectStore, openLake } from '../../src/lake/index.js';
import { loadObjectStore, ObjectTarget } from '../../src/lake/object-target.js';
import { openForReading } from '../../src/build/reading.js';
import { plainDuckDb } from '../support/duckdb.js';
import { temporaryFolder } from '../support/cli.js';
import { evidence } from '../support/incident.js';
import { record } from '../support/lake.js';

const OPTIONS = { node: null, version: '0.0.0' };

test.each([
  ['s3://bucket/lake', true],
  ['gs://bucket', true],
  ['/srv/s3://x', false],
  ['lake', false],
])('takes %s for an object store: %s', (location, is) => {
  expect(isObjectStore(location)).toBe(is);
});

test('says in a sentence that the extension is missing, and installs nothing', async () => {
  const database = await plainDuckDb();
  await database.run(`set extension_directory = '${temporaryFolder()}'`);
  await expect(loadObjectStore(database)).rejects.toThrow(
    /needs DuckDB's extension httpfs, which is not on this machine/,
  );
  database.close();
});

test('writes to final places, the manifest last, and the same export adds nothing', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const path = join(folder, 'node.duckdb');
  await record(path, { paths: evidence('seed-walkthrough-1', /resolv|Corefile|^capture/), label: 'node-1' });
  const database = await openForReading(path, { writesTo: lake });
  // DuckDB makes no folders, which an object store has none of
  const target = new ObjectTarget(database, lake);
  const prepare = target.prepare.bind(target);
  target.prepare = async (file) => {
    mkdirSync(join(lake, file, '..'), { recursive: true });
    return prepare(file);
  };
  mkdirSync(join(lake, '_manifests'), { recursive: true });
  const { manifest } = await exportLake(database, target, OPTIONS);
  const written = readFileSync(join(lake, '_manifests', `${manifest.batch}.json`), 'utf8');
  expect(JSON.parse(written)).toEqual(manifest);
  expect(await exportLake(database, target, OPTIONS)).toMatchObject({ unchanged: true });
  expect(await exportLake(database, new FolderTarget(lake), OPTIONS)).toMatchObject({ unchanged: true });
  database.close();
  const opened = await openLake(lake);
  expect(await opened.rows('select count(*) > 0 as some from lookups')).toEqual([{ some: true }]);
  opened.close();
});
