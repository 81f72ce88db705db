import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { folderContents } from '../../src/lake/contents.js';
import { type LakeFile, lakeFileText, type Manifest, manifestPath } from '../../src/lake/manifest.js';
import { LAKE_VERSION } from '../../src/lake/lake-batch.js';
import { temporaryFolder } from '../support/cli.js';

const OURS = 'lookups/day=2026-05-04/node_label=node-3/0a1b2c3d4.parquet';
const SECOND = 'lookups/day=2026-05-04/node_label=node-3/0a1b2c3d4-1.parquet';
const STALE = 'lookups/day=2026-05-03/node_label=node-3/0a1b2c3d4.parquet';
const FOREIGN = 'messages/day=2026-05-04/node_label=node-8/fedcba987.parquet';

test('vouches for what manifests name, and for batches that have none', async () => {
  const lake = lakeOf([OURS, SECOND, STALE, FOREIGN]);
  put(lake, manifestPath('0a1b2c3d4'), JSON.stringify(manifest([OURS, SECOND])));
  const { filled, ...rest } = await folderContents(lake);
  expect([...filled].sort()).toEqual(['lookups', 'messages']);
  expect(rest).toEqual({ leftOut: [STALE], missing: [], interrupted: [] });
});

test('leaves out a batch that is being put into its places', async () => {
  const lake = lakeOf([OURS, FOREIGN]);
  put(lake, manifestPath('0a1b2c3d4'), JSON.stringify(manifest([OURS])));
  put(lake, `${manifestPath('0a1b2c3d4')}.next`, JSON.stringify(manifest([OURS, SECOND])));
  expect(await folderContents(lake)).toMatchObject({
    leftOut: [OURS],
    missing: [],
    interrupted: ['0a1b2c3d4'],
  });
});

test('knows what an export wrote and is gone', async () => {
  const lake = lakeOf([OURS, SECOND]);
  put(lake, manifestPath('0a1b2c3d4'), JSON.stringify(manifest([OURS, SECOND])));
  rmSync(join(lake, SECOND));
  expect(await folderContents(lake)).toMatchObject({ leftOut: [], missing: [SECOND], interrupted: [] });
});

function lakeOf(files: readonly string[]): string {
  const lake = temporaryFolder();
  put(lake, '_lake.json', lakeFileText());
  for (const file of files) put(lake, file, '');
  return lake;
}

function put(lake: string, file: string, text: string): void {
  mkdirSync(dirname(join(lake, file)), { recursive: true });
  writeFileSync(join(lake, file), text);
}

function manifest(files: readonly string[]): Manifest {
  const about = { table: 'lookups', day: '2026-05-04', nodeLabel: 'node-3', rows: 1, bytes: 0, sha256: null };
  return {
    lakeVersion: LAKE_VERSION,
    dnslens: '0.0.0',
    batch: '0a1b2c3d4',
    identity: 'x',
    fingerprint: 'y',
    files: files.map((file): LakeFile => ({ file, ...about })),
  };
}
