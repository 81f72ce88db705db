import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLake } from '../../src/lake/index.js';
import { evidence } from '../support/incident.js';
import { exportTo, record } from '../support/lake.js';

const CHILD = join(import.meta.dirname, 'kill-child.mjs');
const SEED = evidence('seed-walkthrough-1');
const MOMENTS = 8;
const PATIENCE = 300_000;

describe('kill -9 during an export that replaces what was there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dnslens-lake-'));
  const database = join(folder, 'node.duckdb');
  const old = join(folder, 'old');
  const whole = join(folder, 'whole');
  let changes = 0;
  let rowsBefore = 0;
  let rowsAfter = 0;

  beforeAll(async () => {
    await record(database, { paths: SEED.filter((path) => !path.endsWith('pod.pcap')), label: 'node-1' });
    await exportTo(old, database);
    await record(database, { paths: SEED, label: 'node-1' });
    cpSync(old, whole, { recursive: true });
    changes = Number(run(whole, 0).stdout);
    [rowsBefore, rowsAfter] = [await messages(old), await messages(whole)];
  }, PATIENCE);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has something to lose', () => {
    expect(changes).toBeGreaterThan(30);
    expect(rowsAfter).toBeGreaterThan(rowsBefore);
  });

  it(
    'leaves a lake that can be read, old, new or without the batch, and the next export finishes it',
    async () => {
      for (let moment = 0; moment < MOMENTS; moment++) {
        const lake = join(folder, `lake-${moment}`);
        cpSync(old, lake, { recursive: true });
        const killed = run(lake, 2 + Math.floor((moment * (changes - 2)) / (MOMENTS - 1)));
        expect(killed.signal).toBe('SIGKILL');
        expect([rowsBefore, rowsAfter, 0]).toContain(await messages(lake));
        await exportTo(lake, database);
        expect(contents(lake)).toEqual(contents(whole));
        expect(existsSync(join(lake, '_staging'))).toBe(false);
        rmSync(lake, { recursive: true });
      }
    },
    PATIENCE,
  );

  function run(lake: string, killAt: number) {
    return spawnSync(process.execPath, [CHILD, database, lake, String(killAt)], { encoding: 'utf8' });
  }
});

/** Reads every table to its last row; gives the messages. */
async function messages(lake: string): Promise<number> {
  const opened = await openLake(lake);
  try {
    const tables = await opened.rows<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'main'",
    );
    for (const { name } of tables)
      await opened.rows(`select md5(string_agg(t::varchar)) from main.${name} as t`);
    const [row] = await opened.rows<{ n: bigint }>('select count(*) as n from messages');
    return Number(row!.n);
  } finally {
    opened.close();
  }
}

/** Every file with its hash. */
function contents(lake: string): string[] {
  return readdirSync(lake, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(lake, file)).isFile())
    .map(
      (file) =>
        `${file} ${createHash('sha256')
          .update(readFileSync(join(lake, file)))
          .digest('hex')}`,
    )
    .sort();
}
