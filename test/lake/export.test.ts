import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAKE_VERSION } from '../../src/lake/lake-batch.js';
import { openLake } from '../../src/lake/index.js';
import { readStatements } from '../../src/packs/typed-statements.js';
import { plainDuckDb } from '../support/duckdb.js';
import { evidence } from '../support/incident.js';
import { exportTo, record } from '../support/lake.js';

const SEED = evidence('seed-walkthrough-1');
const PATIENCE = 300_000;
const CAPTURES = SEED.filter((path) => path.endsWith('.pcap'));

describe('a lake', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dnslens-lake-'));
  const lake = join(folder, 'lake');
  const first = join(folder, 'first.duckdb');

  beforeAll(async () => {
    await record(first, { paths: SEED.filter((path) => !path.endsWith('pod.pcap')), label: 'node-1' });
    await exportTo(lake, first);
  }, PATIENCE);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('files every row under its day and its label, in a file named after the batch', () => {
    const [manifest] = readdirSync(join(lake, '_manifests'));
    const batch = manifest!.replace('.json', '');
    expect(batch).toMatch(/^[0-9a-f]{9}$/);
    for (const file of files(lake)) {
      expect(file).toMatch(
        new RegExp(`^[a-z_]+/day=\\d{4}-\\d\\d-\\d\\d/node_label=node-1/${batch}\\.parquet$`),
      );
    }
  });

  it('has a manifest of what is there', async () => {
    const [name] = readdirSync(join(lake, '_manifests'));
    const manifest = JSON.parse(readFileSync(join(lake, '_manifests', name!), 'utf8'));
    expect(manifest.lakeVersion).toBe(LAKE_VERSION);
    const listed = manifest.files.map(({ file, bytes, sha256 }: Listed) => [file, bytes, sha256]);
    expect(listed.toSorted()).toEqual(
      files(lake).map((file) => [file, statSync(join(lake, file)).size, sha256(join(lake, file))]),
    );
    const lakeRows = await rowsOf(lake, 'select count(*) as n from messages');
    const counted = manifest.files.find(({ table }: Listed) => table === 'messages').rows;
    expect(Number(lakeRows[0]!['n'])).toBe(counted);
  });

  it('has signed 64-bit ids that name the database, so that joins hold', async () => {
    const [row] = await rowsOf(
      lake,
      `select count(*) as n, count(distinct t.transaction_id) as ids, min(t.transaction_id) >> 28 as batch
       from transactions as t inner join questions as q on q.question_id = t.question_id
       inner join sources as s on s.source_id = t.source_id`,
    );
    expect(row!['n']).toBe(row!['ids']);
    expect((row!['batch'] as bigint).toString(16).padStart(9, '0')).toBe(batchesOf(lake)[0]);
  });

  it('is sorted, by time where rows have one', async () => {
    const file = files(lake).find((path) => path.startsWith('messages/'))!;
    const [row] = await rowsOf(
      lake,
      `select bool_and(time >= before or before is null) as sorted from (
         select time, lag(time) over (order by file_row_number) as before
         from read_parquet('${join(lake, file)}', file_row_number = true))`,
    );
    expect(row).toEqual({ sorted: true });
  });

  it('takes the same export twice as one', async () => {
    const before = state(lake);
    expect((await exportTo(lake, first)).unchanged).toBe(true);
    expect(state(lake)).toEqual(before);
  });

  it('keeps every other file as it is when another node comes', async () => {
    const before = state(lake);
    const second = join(folder, 'second.duckdb');
    await record(second, { paths: CAPTURES, label: 'node-2' });
    await exportTo(lake, second);
    const after = state(lake);
    expect(after).toMatchObject(before);
    const added = Object.keys(after).filter((file) => !(file in before));
    expect(added.filter((file) => file.endsWith('.parquet') && !file.includes('node_label=node-2'))).toEqual(
      [],
    );
    expect(await rowsOf(lake, 'select distinct node_label from lookups order by all')).toEqual([
      { node_label: 'node-1' },
      { node_label: 'node-2' },
    ]);
  });

  it('replaces what a database gave before when a source is added, and keeps what did not change', async () => {
    const before = state(lake);
    const counters = files(lake).find((file) => file.startsWith('conntrack_counters/'))!;
    await record(first, { paths: SEED, label: 'node-1' });
    await exportTo(lake, first);
    const after = state(lake);
    expect(after[counters]).toEqual(before[counters]);
    const messages = files(lake).find((file) => /^messages.*node-1/.test(file))!;
    expect(after[messages]).not.toEqual(before[messages]);
    expect(batchesOf(lake)).toHaveLength(2);
  });

  it('files all under one name that --node gives, and leaves nothing under the old one', async () => {
    await exportTo(lake, first, 'rack 7/a');
    const labels = await rowsOf(lake, 'select distinct node_label from messages order by all');
    expect(labels.map((row) => row['node_label'])).toEqual([
      'node-2',
      expect.stringMatching(/^rack-7-a-[0-9a-f]{6}$/),
    ]);
    expect(files(lake).filter((file) => file.includes('node_label=node-1'))).toEqual([]);
    expect(existsSync(join(lake, '_staging'))).toBe(false);
  });

  it('can lose its days, and is still read', async () => {
    const kept = join(folder, 'kept');
    cpSync(lake, kept, { recursive: true });
    for (const file of files(kept).filter((path) => path.startsWith('legs/'))) rmSync(join(kept, file));
    expect(await rowsOf(kept, 'select count(*) as n from legs')).toEqual([{ n: 0n }]);
  });

  it('has null for a column that older files lack', async () => {
    const older = join(folder, 'older');
    cpSync(lake, older, { recursive: true });
    const database = await plainDuckDb();
    for (const file of files(older).filter((path) => path.startsWith('twins/'))) {
      const path = join(older, file);
      await database.run(
        `create or replace table t as select * exclude (one_socket) from read_parquet('${path}', hive_partitioning = false)`,
      );
      await database.run(`copy t to '${path}' (format parquet)`);
    }
    database.close();
    const rows = await rowsOf(older, 'select count(*) > 0 as some, count(one_socket) as n from twins');
    expect(rows).toEqual([{ some: true, n: 0n }]);
  });

  it('says in a sentence that it is of another version, or none', async () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    await expect(openLake(other)).rejects.toThrow(/is a folder, and no lake/);
    writeFileSync(join(other, '_lake.json'), '{"lakeVersion":99}');
    await expect(openLake(other)).rejects.toThrow(
      `is of a newer dnslens (lake version 99, this one knows ${LAKE_VERSION})`,
    );
    await expect(exportTo(other, first)).rejects.toThrow(/is of a newer dnslens/);
  });

  it.each([
    ["copy (select 1) to 'LAKE/x.csv'"],
    ["explain analyze copy (select 1) to 'LAKE/x.csv'"],
    ["prepare x as copy (select 1) to 'LAKE/x.csv'"],
    ["attach 'LAKE/x.duckdb'"],
  ])('is only read by statements typed by hand: %s', async (statement) => {
    const database = await openLake(lake);
    try {
      const { results } = await readStatements(database, statement.replace('LAKE', lake));
      await expect(results[Symbol.asyncIterator]().next()).rejects.toThrow(/only read/);
    } finally {
      database.close();
    }
  });

  it('lets nothing outside be read, nor that be changed', async () => {
    const database = await openLake(lake);
    try {
      await expect(database.run(`from read_csv('${import.meta.filename}')`)).rejects.toThrow(/disabled/);
      await expect(database.run('set enable_external_access = true')).rejects.toThrow(/locked/);
    } finally {
      database.close();
    }
  });
});

interface Listed {
  file: string;
  table: string;
  bytes: number;
  sha256: string;
  rows: number;
}

async function rowsOf(lake: string, sql: string): Promise<Record<string, unknown>[]> {
  const database = await openLake(lake);
  try {
    return await database.rows(sql);
  } finally {
    database.close();
  }
}

function files(lake: string): string[] {
  return readdirSync(lake, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.parquet'))
    .sort();
}

function batchesOf(lake: string): string[] {
  return readdirSync(join(lake, '_manifests')).map((name) => name.replace('.json', ''));
}

/** When each file was written and what it holds. */
function state(lake: string): Record<string, unknown> {
  return Object.fromEntries(
    readdirSync(lake, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(join(lake, file)).isFile())
      .map((file) => [file, [statSync(join(lake, file)).mtimeMs, sha256(join(lake, file))]]),
  );
}

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
