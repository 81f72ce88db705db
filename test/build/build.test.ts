import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { buildModels } from '../../src/build/build.js';
import { ingest } from '../../src/ingest/index.js';
import { loadModels } from '../../src/models/load.js';
import { qualified } from '../../src/models/model.js';
import { SHAPES, type Shapes } from '../../src/models/shapes.js';
import { Database } from '../../src/store/database.js';
import { Ledger } from '../../src/store/ledger.js';

describe('building models', () => {
  it('leaves no table behind that was for the build alone, and can be done again', async () => {
    const database = await Database.open(':memory:');
    await buildModels(database);
    await buildModels(database);
    expect(await database.rows('select table_name from duckdb_tables() where temporary')).toEqual([]);
    expect(await database.rows("select 1 from duckdb_tables() where table_name = 'sendings'")).toEqual([]);
    database.close();
  });

  it('keeps such tables in a schema of their own for who debugs it, until it is done without', async () => {
    const database = await Database.open(':memory:');
    const kept =
      "select table_name from information_schema.tables where table_schema = 'debug' and table_name = 'sendings'";
    vi.stubEnv('DNSLENS_DEBUG', '1');
    await buildModels(database);
    expect(await database.rows(kept)).toHaveLength(1);
    vi.unstubAllEnvs();
    await buildModels(database);
    expect(await database.rows(kept)).toEqual([]);
    database.close();
  });

  it('plans no model that has no rows for certain, and those have none', async () => {
    const ledger = await Ledger.open(':memory:');
    const { database } = ledger;
    await ingest(ledger, ['fixtures/incidents/seed-walkthrough-1']);
    const ran: string[] = [];
    const rows = database.rows.bind(database);
    vi.spyOn(database, 'rows').mockImplementation((sql) => {
      ran.push(sql);
      return rows(sql);
    });
    await buildModels(database);
    const { models } = JSON.parse(readFileSync(SHAPES, 'utf8')) as Shapes;
    const spared = loadModels().filter(
      (model) => models[qualified(model)] && !ran.some((sql) => sql.includes(model.sql)),
    );
    expect(spared.map(qualified)).toContain('work.attempts');
    for (const model of spared.filter(({ sql }) => !sql.includes('temp.')))
      expect([qualified(model), await rows(`select 1 from (${model.sql}) limit 1`)]).toEqual([
        qualified(model),
        [],
      ]);
    ledger.close();
  });
});
