import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportLake, FolderTarget, isObjectStore, openLake } from '../../src/lake/index.js';
import { explainReach, loadObjectStore } from '../../src/lake/object-store.js';
import { ObjectTarget } from '../../src/lake/object-target.js';
import { textLiteral } from '../../src/base/sql-text.js';
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
  await expect(loadObjectStore('s3://bucket/lake')(database)).rejects.toThrow(
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

  // filed under another node, the files of the first have no rows left for engines that know no manifests
  const moved = await exportLake(database, target, { ...OPTIONS, node: 'node-2' });
  expect(moved.notices).toEqual([]);
  const rows = async (node: string) => {
    const files = textLiteral(join(lake, `lookups/*/node_label=${node}/*.parquet`));
    const [{ n } = { n: 0 }] = await database.rows<{ n: number }>(
      `select count(*)::integer as n from read_parquet(${files})`,
    );
    return n;
  };
  expect(await rows('node-1')).toBe(0);
  expect(await rows('node-2')).toBeGreaterThan(0);
  // one is gone and one is damaged when they are filed back
  const [gone, damaged] = moved.manifest.files.map(({ file }) => join(lake, file));
  rmSync(gone!);
  writeFileSync(damaged!, 'PAR0');
  const back = await exportLake(database, target, { ...OPTIONS, node: 'node-1' });
  expect(back.notices).toEqual([
    expect.stringMatching(/^.*parquet cannot be emptied: .*; it is out of date, delete it$/),
  ]);
  expect(back.notices[0]).toContain(damaged);
  rmSync(damaged!);
  expect(await rows('node-1')).toBeGreaterThan(0);
  expect(await rows('node-2')).toBe(0);

  // a table more cannot be written: what is there by then is nobody's
  const notices: string[] = [];
  target.prepare = async () => {
    throw new Error('cut off');
  };
  await expect(exportLake(database, target, { ...OPTIONS, node: 'node-2' })).rejects.toThrow('cut off');
  const half = await openLake(lake, { onNotice: (sentence) => notices.push(sentence) });
  expect(await half.rows('select count(*)::integer as n from lookups')).toEqual([{ n: 0 }]);
  half.close();
  expect(notices).toEqual([
    `${lake}: 1 batch (${manifest.batch}) is left out, as its export is not done or was cut off; export that database again`,
  ]);
  writeFileSync(join(lake, '_manifests', `${manifest.batch}.json`), written);
  database.close();
  const opened = await openLake(lake);
  expect(await opened.rows('select count(*) > 0 as some from lookups')).toEqual([{ some: true }]);
  opened.close();
});

test.each([
  [
    "IO Error: Could not connect to server error for HTTP HEAD to 'http://10.0.0.9:9000/b/x'",
    /no way to http:\/\/10\.0\.0\.9:9000 \(could not connect to server\)/,
    'store-failed',
  ],
  [
    "HTTP Error: HTTP GET error reading 'https://s3.test/b/x' in region 'eu' (HTTP 403 Forbidden)",
    /refuses these credentials.* \(HTTP 403\)/,
    'credentials-refused',
  ],
  [
    'HTTP Error: Unable to connect to URL s3://b/x: Not Found (HTTP code 404)',
    /no such bucket.* \(HTTP 404\)/,
    'store-failed',
  ],
  ["HTTP Error: HTTP GET error on 'https://s3.test/b/x' (HTTP 301 Moved)", /AWS_REGION/, 'store-failed'],
  [
    "HTTP Error: HTTP PUT error on 'https://s3.test/b/x' (HTTP 412 Precondition Failed)",
    /at the same time/,
    'in-use',
  ],
  [
    "HTTP Error: HTTP PUT error on 'https://s3.test/b/x' (HTTP 503 Slow Down)",
    /the store fails \(HTTP 503\)/,
    'store-failed',
  ],
  [
    'Invalid Input Error: No magic bytes found\nLINE 1',
    /^the lake: Invalid Input Error: No magic bytes found$/,
    'store-failed',
  ],
])('says what an object store refuses: %s', (message, sentence, code) => {
  const error = explainReach('the lake', new Error(message));
  expect(error.message).toMatch(sentence);
  expect(error.code).toBe(code);
});
