import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLake } from '../../src/lake/index.js';
import { loadCatalog } from '../../src/packs/load.js';
import type { Query } from '../../src/packs/query.js';
import { NO_FILTERS } from '../../src/packs/filters.js';
import { runQuery } from '../../src/packs/run.js';
import type { Database } from '../../src/store/database.js';
import { evidence } from '../support/incident.js';
import { exportTo, putTogether, record } from '../support/lake.js';

const CATALOG = loadCatalog();

describe('a lake of two incidents, two nodes and two days', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dnslens-lake-'));
  let lake: Database;
  let together: Database;

  beforeAll(async () => {
    const paths = ['a', 'b'].map((name) => join(folder, `${name}.duckdb`));
    await record(paths[0]!, { paths: evidence('race-loss-1'), label: 'node-a' });
    await record(paths[1]!, { paths: evidence('nodelocal-101'), label: 'node-b', days: 1 });
    for (const path of paths) await exportTo(join(folder, 'lake'), path);
    lake = await openLake(join(folder, 'lake'));
    together = await putTogether(paths, folder);
  }, 300_000);

  afterAll(() => {
    lake.close();
    together.close();
    rmSync(folder, { recursive: true });
  });

  it('has both nodes and both days', async () => {
    expect(await lake.rows('select distinct day, node_label from lookups order by day')).toEqual([
      { day: '2026-11-22', node_label: 'node-a' },
      { day: '2026-11-23', node_label: 'node-b' },
    ]);
  });

  it.each(CATALOG.queries.map((query) => [query.id, query] as const))(
    'gives the same rows of %s as the databases put together',
    async (_, query) => {
      const params = await paramsOf(query, together);
      expect(await rowsOf(lake, query, params)).toEqual(await rowsOf(together, query, params));
    },
  );
});

/** Values for a detail's parameters that have no default. */
async function paramsOf(query: Query, database: Database): Promise<Record<string, string>> {
  const [worst] = await database.rows<Record<string, string>>(
    `select max(lookup_id)::varchar as lookup, max(question_id)::varchar as question, max_by(client, lookup_id) as client
     from questions where attempts > 1`,
  );
  return Object.fromEntries(
    Object.keys(query.params).flatMap((name) => (worst![name] === undefined ? [] : [[name, worst![name]]])),
  );
}

/** A query's rows in an order of their own, as text; sums of numbers differ in the last digits with the order of rows. */
async function rowsOf(database: Database, query: Query, params: Record<string, string>): Promise<string[]> {
  const result = await runQuery(database, query, { params, filters: NO_FILTERS });
  const rows: string[] = [];
  for await (const chunk of result.rows) rows.push(...chunk.map((row) => JSON.stringify(row, rounded)));
  return [...result.missing, ...rows].sort();
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(9)) : value;
}
