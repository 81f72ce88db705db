import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LakeExport, openLake } from '../../src/lake/index.js';
import { byFrame, bySecond, slicesOf } from '../../src/lake/slices.js';
import { Database } from '../../src/store/database.js';
import { evidence } from '../support/incident.js';
import { exportTo, record } from '../support/lake.js';

const PATIENCE = 300_000;

describe('slices of a table', () => {
  let database: Database;
  beforeAll(async () => {
    database = await Database.plain(':memory:');
    await database.run(
      `create table t as select 1 + i // 500 as source_id, i as frame, ('2026-01-01'::timestamp_ns + i // 4 * interval 1 second)::timestamp_ns as time from range(1000) as r(i)`,
    );
  });
  afterAll(() => database.close());

  const cut = (rowsPerFile: number, key = bySecond('t.time')) =>
    slicesOf(database, { from: 't', where: [], rows: 1000 }, key, rowsPerFile);
  const counts = async (slices: readonly string[][]) => {
    const found: number[] = [];
    for (const slice of slices) {
      const [row] = await database.rows<{ n: number }>(
        `select count(*)::DOUBLE as n from t where ${slice.join(' and ')}`,
      );
      found.push(row!.n);
    }
    return found;
  };

  it('are one without a condition where its rows are few', async () => {
    expect(await cut(1000)).toEqual([[]]);
  });

  it('have every row once, none more rows than asked', async () => {
    // 250 seconds of 4 rows
    expect(await counts(await cut(300))).toEqual([300, 300, 300, 100]);
  });

  it('never cut a second', async () => {
    expect(await counts(await cut(3))).toEqual(Array<number>(250).fill(4));
  });

  it('begin a new one where the source changes, for rows without a time', async () => {
    expect(await counts(await cut(600, byFrame('t')))).toEqual([500, 500]);
  });
});

describe('a lake whose partitions are large', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dnslens-slices-'));
  const path = join(folder, 'node.duckdb');
  const [whole, sliced] = [join(folder, 'whole'), join(folder, 'sliced')];
  let given: LakeExport;

  beforeAll(async () => {
    await record(path, { paths: evidence('race-loss-1'), label: 'node-1' });
    await exportTo(whole, path);
    given = await exportTo(sliced, path, null, { rowsPerFile: 2000 });
  }, PATIENCE);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has several files of one, the first with the name that it has alone', () => {
    const files = given.manifest.files.filter(({ table }) => table === 'legs').map(({ file }) => file);
    expect(files.length).toBeGreaterThan(1);
    const { batch } = given.manifest;
    expect(files.map((file) => file.split('/').at(-1))).toEqual(
      files.map((_, i) => `${batch}${i === 0 ? '' : `-${i}`}.parquet`),
    );
  });

  it.each(['messages', 'answers', 'legs', 'transactions', 'log_queries'])(
    'has the same rows of %s',
    async (table) => {
      const rows = async (lake: string) => {
        const database = await openLake(lake);
        try {
          return await database.rows(`select * from ${table} order by all`);
        } finally {
          database.close();
        }
      };
      expect(await rows(sliced)).toEqual(await rows(whole));
    },
  );

  it('takes the same export twice as one', async () => {
    expect((await exportTo(sliced, path, null, { rowsPerFile: 2000 })).unchanged).toBe(true);
  });

  it('leaves nothing of the slices when its partitions are one file again', async () => {
    const again = join(folder, 'again');
    await exportTo(again, path, 'a', { rowsPerFile: 2000 });
    await exportTo(again, path, 'b');
    const database = await openLake(again);
    const [row] = await database.rows<{ n: number }>('select count(*)::DOUBLE as n from legs');
    database.close();
    const legs = given.manifest.files.filter(({ table }) => table === 'legs');
    expect(row!.n).toBe(legs.reduce((sum, { rows }) => sum + rows, 0));
  });
});
